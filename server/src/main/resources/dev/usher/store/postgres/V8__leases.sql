-- Who does the periodic work. The fence grows with each new holder: whoever shows an older one has lost the lease.

create table lease (
    name text primary key,
    owner text not null,
    fence bigint not null,
    held_until bigint not null
);
