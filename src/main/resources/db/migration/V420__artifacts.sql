-- Archives of what instances changed in their files, by the invocation; users call them artifacts. A row that is not
-- complete is of one that is being stored, or was when its process ended. Runs on H2 and PostgreSQL alike.
create table invocation_archives (
    id            uuid primary key,
    function_name varchar(63) not null,
    bytes         bigint      not null,
    files         integer     not null,
    complete      boolean     not null,
    expires_at    timestamp(6) with time zone not null
);

create index invocation_archives_expiry on invocation_archives (expires_at);

-- Their bytes, in pieces that fit into memory, where they are not kept in files.
create table archive_chunks (
    archive_id uuid    not null references invocation_archives (id) on delete cascade,
    number     integer not null,
    bytes      bytea   not null,
    primary key (archive_id, number)
);

-- What became of the archive, as it was when the invocation ended; null if there was to be none.
alter table invocation add column artifacts_state varchar(32);
alter table invocation add column artifacts_bytes bigint;
alter table invocation add column artifacts_files integer;
alter table invocation add column artifacts_expires_at timestamp(6) with time zone;
