-- What a server's page is to be told after a handshake, kept for the moment between a redirect and its redemption.
create table handshake (
    nonce_hash text primary key,
    instance_id text not null references instance (id) on delete cascade,
    sealed_directives text not null,
    expire_at bigint not null
);
create index handshake_by_expiry on handshake (expire_at);

-- With what a server renews an expired session token; a spent one stays, to be recognised when it comes again.
create table refresh_token (
    token_hash text primary key,
    instance_id text not null references instance (id) on delete cascade,
    session_id text not null references session (id) on delete cascade,
    origin text not null,
    spent_at bigint,
    spent_for_jti text,
    created_at bigint not null
);
create index refresh_token_by_session on refresh_token (session_id, origin);
create index refresh_token_spent on refresh_token (spent_at) where spent_at is not null;

-- Expired session tokens that were exchanged for fresh ones; none is twice.
create table exchanged_token (
    jti text primary key,
    instance_id text not null references instance (id) on delete cascade,
    exchanged_at bigint not null
);
create index exchanged_token_by_time on exchanged_token (exchanged_at);
