-- Servers list the clients of their instance, the newest first.
create index client_by_instance on client (instance_id, created_at);
