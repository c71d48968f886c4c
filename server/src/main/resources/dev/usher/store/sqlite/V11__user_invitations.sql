-- Offers to the owner of an e-mail address to become a user.
create table user_invitation (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    email_address text not null,
    status text not null check (status in ('pending', 'accepted', 'revoked', 'expired')),
    ticket_hash text not null unique,
    redirect_url text,
    public_metadata text not null,
    beside_others boolean not null,
    user_id text,
    expire_at bigint not null,
    created_at bigint not null,
    updated_at bigint not null
);
create index user_invitation_by_address on user_invitation (instance_id, email_address);
create index user_invitation_by_creation on user_invitation (instance_id, created_at);
create unique index user_invitation_once on user_invitation (instance_id, email_address)
    where status = 'pending' and not beside_others;
