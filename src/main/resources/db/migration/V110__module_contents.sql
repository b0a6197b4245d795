-- The bytes of modules, in pieces that fit into memory, where they are not kept in files. Written and deleted by whoever
-- holds the lock on the module's row. Runs on H2 and PostgreSQL alike.
create table module_chunks (
    digest varchar(64) not null references modules (digest) on delete cascade,
    number integer     not null,
    bytes  bytea       not null,
    primary key (digest, number)
);
