-- Phone numbers, second factors, passkeys, reverification and lockout.

alter table user_account add column primary_phone_number_id text;
alter table user_account add column totp_enabled boolean not null default false;
alter table user_account add column backup_codes_enabled boolean not null default false;
alter table user_account add column mfa_enabled_at bigint;
alter table user_account add column mfa_disabled_at bigint;
alter table user_account add column failed_attempts integer not null default 0;
alter table user_account add column locked boolean not null default false;
-- Null while locked: until somebody unlocks.
alter table user_account add column locked_until bigint;

create table phone_number (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    user_id text not null references user_account (id) on delete cascade,
    phone_number text not null,
    verified_at bigint,
    verification_strategy text,
    reserved_for_second_factor boolean not null default false,
    default_second_factor boolean not null default false,
    created_at bigint not null,
    updated_at bigint not null
);
create index phone_number_by_user on phone_number (user_id);
create unique index phone_number_once on phone_number (instance_id, phone_number) where verified_at is not null;

create table totp (
    id text primary key,
    user_id text not null unique references user_account (id) on delete cascade,
    sealed_secret text not null,
    last_step bigint,
    verified_at bigint,
    created_at bigint not null,
    updated_at bigint not null
);

create table backup_code_set (
    id text primary key,
    user_id text not null unique references user_account (id) on delete cascade,
    salt text not null,
    created_at bigint not null
);

create table backup_code (
    set_id text not null references backup_code_set (id) on delete cascade,
    code_hash text not null,
    used_at bigint,
    primary key (set_id, code_hash)
);

create table passkey (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    user_id text not null references user_account (id) on delete cascade,
    name text not null,
    relying_party text not null,
    credential_id text,
    credential_data text,
    sign_count bigint not null default 0,
    backup_eligible boolean not null default false,
    backed_up boolean not null default false,
    transports text,
    verified_at bigint,
    last_used_at bigint,
    created_at bigint not null,
    updated_at bigint not null
);
create index passkey_by_user on passkey (user_id);
create unique index passkey_by_credential on passkey (instance_id, credential_id) where credential_id is not null;

create table challenge (
    owner_id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    challenge text not null,
    options text not null,
    relying_party text not null,
    expire_at bigint not null,
    used_at bigint,
    created_at bigint not null
);

create table reverification (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    session_id text not null unique references session (id) on delete cascade,
    user_id text not null references user_account (id) on delete cascade,
    level text not null check (level in ('first_factor', 'second_factor', 'multi_factor')),
    first_factor_at bigint,
    first_factor_strategy text,
    first_factor_identification_id text,
    second_factor_at bigint,
    second_factor_strategy text,
    completed_at bigint,
    expire_at bigint not null,
    created_at bigint not null
);

alter table sign_in rename column completed_strategy to first_factor_strategy;
alter table sign_in add column first_factor_at bigint;
alter table sign_in add column first_factor_identification_id text;
alter table sign_in add column second_factor_strategy text;
-- A reset password counts from the moment at which the sign-in is complete.
alter table sign_in add column new_password_hash text;
alter table sign_in add column sign_out_of_other_sessions boolean not null default false;

alter table sign_up add column phone_number text;
alter table sign_up add column phone_number_verified_at bigint;
