-- How far an import of users has come, in the same transactions as the users themselves.

create table import_run (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    fingerprint text not null,
    records bigint not null default 0,
    added bigint not null default 0,
    present bigint not null default 0,
    refused bigint not null default 0,
    left_out text not null default '{}',
    started_at bigint not null,
    updated_at bigint not null,
    finished_at bigint
);
create unique index import_run_once on import_run (instance_id, fingerprint);

create table import_refusal (
    run_id text not null references import_run (id) on delete cascade,
    record bigint not null,
    line bigint not null,
    user_id text,
    reason text not null,
    primary key (run_id, record)
);

create unique index user_account_by_external_id on user_account (instance_id, external_id) where external_id is not null;
