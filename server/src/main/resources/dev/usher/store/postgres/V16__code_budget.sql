-- Wrong codes in a row, over all routes: for each user, and for each address or number that codes went to.
create table code_budget (
    instance_id text not null references instance (id) on delete cascade,
    subject text not null,
    wrong integer not null,
    last_at bigint not null,
    primary key (instance_id, subject)
);
create index code_budget_by_time on code_budget (last_at);

alter table verification add column user_id text;
alter table verification add column recipient text;
