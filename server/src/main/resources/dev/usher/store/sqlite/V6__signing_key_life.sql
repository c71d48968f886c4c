-- A signing key's life: announced (no times yet), published, signing, retired, gone. Retired and gone follow from the next key.

alter table signing_key add column published_at bigint;
alter table signing_key add column signs_from bigint;
alter table signing_key add column revoked_at bigint;
update signing_key set published_at = created_at, signs_from = created_at;

-- Counts the changes to an instance's signing keys, so that a server sees with one small read whether its copy still holds.
alter table instance add column signing_keys_version bigint not null default 0;
