-- Several secret keys at once. A key of the source 'declared' stands in the configuration and goes when it no longer does.
alter table secret_key add column name text not null default '';
alter table secret_key add column source text not null default 'made' check (source in ('made', 'declared'));
alter table secret_key add column last_used_at bigint;
alter table secret_key add column revoked_at bigint;

-- Settings changed through the Backend API, a JSON object; each goes over the configuration's until it is given back.
alter table instance add column changed_settings text not null default '{}';

-- What servers set for one account; null leaves it to the instance's settings.
alter table user_account add column locale text;
alter table user_account add column legal_accepted_at bigint;
alter table user_account add column password_compromised boolean not null default false;
alter table user_account add column delete_self_enabled boolean;
alter table user_account add column create_organization_enabled boolean;
alter table user_account add column create_organizations_limit integer;
alter table user_account add column bypass_client_trust boolean not null default false;

-- A reserved address is not verified and still nobody else's: its owner may sign in with it.
alter table email_address add column reserved boolean not null default false;
drop index email_address_once;
create unique index email_address_once on email_address (instance_id, lower(email_address))
    where verified_at is not null or reserved;
