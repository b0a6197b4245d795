-- The bytes of disks, in pieces that fit into memory, where they are not kept in files. Written and deleted by whoever
-- holds the lock on the disk's row. Runs on H2 and PostgreSQL alike.
create table disk_chunks (
    digest varchar(64) not null references disk_images (digest) on delete cascade,
    number integer     not null,
    bytes  bytea       not null,
    primary key (digest, number)
);
