-- What was invoked and what came of it. Ids ascend with time (UUID version 7).
create table invocation (
    id                uuid primary key,
    function_name     varchar(63) not null,
    version           integer not null,
    digest            varchar(80) not null,
    engine            varchar(32) not null,
    outcome           varchar(32) not null,
    exit_code         integer,
    trap              varchar(64),
    backtrace         text,
    received_at       timestamp(6) with time zone not null,
    queue_nanos       bigint not null,
    start_nanos       bigint not null,
    run_nanos         bigint not null,
    cpu_nanos         bigint not null,
    peak_memory_bytes bigint not null,
    bytes_in          bigint not null,
    bytes_out         bigint not null,
    stderr_tail       text not null,
    cold              boolean not null
);

create index invocation_by_function on invocation (function_name, id);
