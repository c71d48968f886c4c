-- Several secret keys at once. A key of the source 'declared' stands in the configuration and goes when it no longer does.
alter table secret_key add column name text not null default '';
alter table secret_key add column source text not null default 'made' check (source in ('made', 'declared'));
alter table secret_key add column last_used_at bigint;
alter table secret_key add column revoked_at bigint;

-- Settings changed through the Backend API, a JSON object; each goes over the configuration's until it is given back.
alter table instance add column changed_settings text not null default '{}';
