-- A template without an algorithm of its own is signed with the instance's key. The version changes with each change.
create table jwt_template (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    name text not null,
    claims text not null,
    lifetime_s bigint not null,
    allowed_clock_skew_s bigint not null,
    signing_algorithm text,
    sealed_signing_key text,
    version integer not null default 1,
    created_at bigint not null,
    updated_at bigint not null,
    check ((signing_algorithm is null) = (sealed_signing_key is null))
);
create unique index jwt_template_by_name on jwt_template (instance_id, name);
