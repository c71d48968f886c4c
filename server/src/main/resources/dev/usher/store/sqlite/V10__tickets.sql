-- With what a user signs in without a factor, once; with an actor somebody else signs in as the user.
create table entry_token (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    user_id text not null references user_account (id) on delete cascade,
    ticket_hash text not null unique,
    status text not null check (status in ('pending', 'accepted', 'revoked')),
    actor text,
    session_length_ms bigint,
    organization_id text,
    expire_at bigint not null,
    created_at bigint not null,
    updated_at bigint not null
);
create index entry_token_by_user on entry_token (user_id);
create index entry_token_by_expiry on entry_token (expire_at);

-- The ticket by which an attempt proved its address or its right to come in; it is spent with the last step.
alter table sign_in add column ticket_hash text;
alter table sign_up add column ticket_hash text;
