-- Ids are text, times are epoch milliseconds, secrets are hashes, documents are JSON text.

create table instance (
    id text primary key,
    name text not null unique,
    environment text not null check (environment in ('development', 'production')),
    frontend_api_host text not null,
    created_at bigint not null,
    updated_at bigint not null
);

create table secret_key (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    secret_hash text not null unique,
    sealed_secret text,
    created_at bigint not null
);

create table signing_key (
    kid text primary key,
    instance_id text not null references instance (id) on delete cascade,
    algorithm text not null,
    public_key text not null,
    sealed_private_key text not null,
    created_at bigint not null
);
create index signing_key_by_instance on signing_key (instance_id);

create table user_account (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    username text,
    first_name text,
    last_name text,
    password_hash text,
    password_updated_at bigint,
    primary_email_address_id text,
    external_id text,
    public_metadata text not null default '{}',
    private_metadata text not null default '{}',
    unsafe_metadata text not null default '{}',
    banned boolean not null default false,
    last_sign_in_at bigint,
    last_active_at bigint,
    created_at bigint not null,
    updated_at bigint not null
);
create index user_account_by_instance on user_account (instance_id, created_at);
create unique index user_account_by_username on user_account (instance_id, lower(username)) where username is not null;

create table email_address (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    user_id text not null references user_account (id) on delete cascade,
    email_address text not null,
    verified_at bigint,
    verification_strategy text,
    created_at bigint not null,
    updated_at bigint not null
);
create index email_address_by_user on email_address (user_id);
create unique index email_address_once on email_address (instance_id, lower(email_address)) where verified_at is not null;

create table client (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    secret_hash text not null,
    previous_secret_hash text,
    secret_since bigint not null,
    cookie_expires_at bigint,
    last_active_session_id text,
    last_authentication_strategy text,
    created_at bigint not null,
    updated_at bigint not null
);

create table dev_browser (
    token_hash text primary key,
    instance_id text not null references instance (id) on delete cascade,
    client_id text references client (id) on delete set null,
    created_at bigint not null
);
create index dev_browser_by_client on dev_browser (client_id);

create table session (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    client_id text not null references client (id) on delete cascade,
    user_id text not null references user_account (id) on delete cascade,
    created_at bigint not null,
    updated_at bigint not null,
    expire_at bigint not null,
    abandon_at bigint not null,
    inactivity_timeout_ms bigint,
    last_active_at bigint not null,
    closed_status text check (closed_status in ('ended', 'removed', 'revoked', 'replaced')),
    closed_at bigint,
    first_factor_at bigint,
    second_factor_at bigint,
    last_active_organization_id text,
    actor text,
    activity_id text not null,
    device_type text,
    is_mobile boolean not null,
    browser_name text,
    browser_version text,
    ip_address text,
    city text,
    country text
);
create index session_by_client on session (client_id, created_at);
create index session_by_user on session (user_id, created_at);

create table verification (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    owner_id text not null,
    strategy text not null,
    identification_id text,
    code_hash text not null,
    attempts integer not null default 0,
    max_attempts integer not null,
    expire_at bigint not null,
    verified_at bigint,
    created_at bigint not null
);
create unique index verification_by_owner on verification (owner_id);

create table sign_in (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    client_id text not null references client (id) on delete cascade,
    identifier text,
    user_id text references user_account (id) on delete cascade,
    completed_strategy text,
    created_session_id text,
    abandon_at bigint not null,
    created_at bigint not null,
    updated_at bigint not null
);
create index sign_in_by_client on sign_in (client_id);

create table sign_up (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    client_id text not null references client (id) on delete cascade,
    email_address text,
    email_address_verified_at bigint,
    first_name text,
    last_name text,
    password_hash text,
    unsafe_metadata text not null default '{}',
    locale text,
    created_user_id text,
    created_session_id text,
    abandon_at bigint not null,
    created_at bigint not null,
    updated_at bigint not null
);
create index sign_up_by_client on sign_up (client_id);

create table outbox (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    channel text not null,
    recipient text not null,
    subject text not null,
    sealed_body text not null,
    not_after bigint not null,
    attempts integer not null default 0,
    next_attempt_at bigint,
    delivered_at bigint,
    given_up_at bigint,
    last_error text,
    created_at bigint not null
);
create index outbox_due on outbox (next_attempt_at) where next_attempt_at is not null;
create index outbox_by_instance on outbox (instance_id, created_at);
