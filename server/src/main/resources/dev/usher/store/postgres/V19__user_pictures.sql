-- Pictures of users, one each; another picture has another id.

create table user_picture (
    id text primary key,
    instance_id text not null references instance (id) on delete cascade,
    user_id text not null references user_account (id) on delete cascade,
    content_type text not null,
    content bytea not null,
    created_at bigint not null
);
create index user_picture_by_user on user_picture (user_id);

alter table user_account add column picture_id text;
