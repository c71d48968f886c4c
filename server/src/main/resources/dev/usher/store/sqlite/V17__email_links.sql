-- Links that prove an e-mail address. Whether one is spent or replaced by a newer one, stands with its verification.
create table email_link (
    token_hash text primary key,
    instance_id text not null references instance (id) on delete cascade,
    aim text not null,
    verification_id text not null,
    owner_id text not null,
    client_id text not null,
    redirect_url text not null,
    expire_at bigint not null
);
create index email_link_by_time on email_link (expire_at);

alter table verification add column verified_at_client text;
