-- Runs on H2 and PostgreSQL alike.

-- Functions that are invoked by the clock. The definition is JSON; beside it stands where the schedule has got to.
create table schedules (
    id              uuid                     not null primary key,
    function_name   varchar(63)              not null references functions (name) on delete cascade,
    name            varchar(63)              not null,
    revision        bigint                   not null,
    enabled         boolean                  not null,
    definition      text                     not null,
    next_firing     timestamp(6) with time zone,
    held_firing     timestamp(6) with time zone,
    last_firing     timestamp(6) with time zone,
    last_result     varchar(32),
    last_reason     varchar(64),
    last_invocation uuid,
    created_at      timestamp(6) with time zone not null,
    updated_at      timestamp(6) with time zone not null,
    constraint schedules_name_unique unique (function_name, name)
);

-- When to look at which schedule next, in the form that db-scheduler wants. A row that outlived its schedule, or that
-- revision of it, goes when its time has come.
create table schedule_timers (
    task_name            varchar(100)                not null,
    task_instance        varchar(100)                not null,
    task_data            bytea,
    execution_time       timestamp(6) with time zone not null,
    picked               boolean                     not null,
    picked_by            varchar(100),
    last_success         timestamp(6) with time zone,
    last_failure         timestamp(6) with time zone,
    consecutive_failures integer,
    last_heartbeat       timestamp(6) with time zone,
    version              bigint                      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);

create index schedule_timers_execution_time on schedule_timers (execution_time);
create index schedule_timers_last_heartbeat on schedule_timers (last_heartbeat);
