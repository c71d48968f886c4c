-- Addresses of apps that are told of events. One of the source 'declared' stands in the configuration and goes when it no
-- longer does. No event types means all published ones.
create table webhook_endpoint (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    source text not null check (source in ('made', 'declared')),
    url text not null,
    sealed_secret text not null,
    sealed_former_secret text,
    former_secret_until bigint,
    event_types text not null,
    created_at bigint not null,
    failing_since bigint,
    disabled_at bigint,
    disabled_why text
);
create unique index webhook_endpoint_once on webhook_endpoint (instance_id, url);

-- What happened, as it was at the commit; written in the transaction that did it. The body is sealed. Positions are in the
-- order in which a node wrote.
create table webhook_event (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    type text not null,
    position bigint not null,
    sealed_body text not null,
    created_at bigint not null
);
create index webhook_event_by_time on webhook_event (instance_id, created_at, position);

-- One event on its way to one endpoint. A missing next_attempt_at means that it is done with.
create table webhook_delivery (
    event_id text not null references webhook_event (id) on delete cascade,
    endpoint_id text not null references webhook_endpoint (id) on delete cascade,
    attempts integer not null default 0,
    next_attempt_at bigint,
    attempted_at bigint,
    delivered_at bigint,
    given_up_at bigint,
    answer_status integer,
    answer text,
    position bigint not null,
    created_at bigint not null,
    primary key (event_id, endpoint_id)
);
create index webhook_delivery_due on webhook_delivery (endpoint_id, next_attempt_at, position)
    where next_attempt_at is not null;
create index webhook_delivery_by_time on webhook_delivery (endpoint_id, created_at, position);

-- Whether an app was told that the session has come to its end by itself.
alter table session add column expiry_told boolean not null default false;
