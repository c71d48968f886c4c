create table organization_role (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    key text not null,
    name text not null,
    description text not null default '',
    created_at bigint not null,
    updated_at bigint not null
);
create unique index organization_role_by_key on organization_role (instance_id, key);

create table organization_permission (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    key text not null,
    name text not null,
    description text not null default '',
    custom boolean not null,
    created_at bigint not null,
    updated_at bigint not null
);
create unique index organization_permission_by_key on organization_permission (instance_id, key);

-- Whether a permission is a custom one never changes; kept here so that minting reads those alone.
create table organization_role_permission (
    role_id text not null references organization_role (id) on delete cascade,
    permission_id text not null references organization_permission (id) on delete cascade,
    custom boolean not null,
    primary key (role_id, permission_id)
);
create index organization_role_permission_by_permission on organization_role_permission (permission_id);

-- A maximum of 0 is none. The count of members decides who gets the last seat.
create table organization (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    name text not null,
    slug text,
    max_allowed_memberships integer not null,
    members_count integer not null default 0,
    admin_delete_enabled boolean not null,
    public_metadata text not null default '{}',
    private_metadata text not null default '{}',
    created_by text,
    logo_id text,
    created_at bigint not null,
    updated_at bigint not null
);
create unique index organization_by_slug on organization (instance_id, slug) where slug is not null;
create index organization_by_instance on organization (instance_id, created_at);

-- A member's account goes after the memberships, which are counted in their organizations.
create table organization_membership (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    organization_id text not null references organization (id) on delete cascade,
    user_id text not null references user_account (id),
    role_id text not null references organization_role (id),
    public_metadata text not null default '{}',
    private_metadata text not null default '{}',
    created_at bigint not null,
    updated_at bigint not null
);
create unique index organization_membership_once on organization_membership (user_id, organization_id);
create index organization_membership_by_organization on organization_membership (organization_id, created_at);
create index organization_membership_by_role on organization_membership (role_id, organization_id);

create table organization_invitation (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    organization_id text not null references organization (id) on delete cascade,
    email_address text not null,
    role_id text not null references organization_role (id),
    status text not null check (status in ('pending', 'accepted', 'revoked', 'expired')),
    ticket_hash text not null unique,
    redirect_url text,
    inviter_id text,
    user_id text,
    public_metadata text not null default '{}',
    private_metadata text not null default '{}',
    expires_at bigint not null,
    created_at bigint not null,
    updated_at bigint not null
);
create index organization_invitation_by_organization on organization_invitation (organization_id, created_at);
create unique index organization_invitation_once on organization_invitation (organization_id, email_address)
    where status = 'pending';
create index organization_invitation_by_address on organization_invitation (instance_id, email_address, created_at);
create index organization_invitation_by_role on organization_invitation (role_id);

create table organization_logo (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    organization_id text not null references organization (id) on delete cascade,
    content_type text not null,
    content blob not null,
    created_at bigint not null
);
create index organization_logo_by_organization on organization_logo (organization_id);

create index session_by_active_organization on session (last_active_organization_id, user_id)
    where last_active_organization_id is not null;
