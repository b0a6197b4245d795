-- Runs on H2 and PostgreSQL alike.

-- An asynchronous invocation from its acceptance until retention deletes it: what was asked, and what came of it. Written
-- twice, when it is accepted and when it ends. Ids ascend with time (UUID version 7).
create table async_invocation (
    id               uuid primary key,
    function_name    varchar(63) not null,
    -- 'version:7' or 'alias:live'
    selector         varchar(80) not null,
    -- a JSON array of texts
    arguments        text not null,
    -- null if it is in async_input, or was let go with the end
    input            bytea,
    input_bytes      bigint not null,
    source           varchar(120) not null,
    callback_url     varchar(2000),
    accepted_at      timestamp(6) with time zone not null,
    -- from when its age counts: when it was to run first, or was redriven
    queued_at        timestamp(6) with time zone not null,
    -- queued, succeeded, failed, cancelled or dead; whether a queued one runs is in async_queue
    state            varchar(16) not null,
    attempts         integer not null,
    started_at       timestamp(6) with time zone,
    ended_at         timestamp(6) with time zone,
    -- the record of the last attempt
    last_attempt     uuid,
    version          integer,
    outcome          varchar(32),
    exit_code        integer,
    problem          text,
    output           bytea,
    output_type      varchar(100),
    output_bytes     bigint,
    output_truncated boolean not null
);

create index async_invocation_by_end on async_invocation (ended_at);

-- Inputs that are too long for one value on H2, in parts.
create table async_input (
    invocation_id uuid not null,
    part          integer not null,
    bytes         bytea not null,
    primary key (invocation_id, part)
);

-- A small row for each invocation that has not ended. When it may be claimed: a new one when it is due, one that is leased
-- when its lease ends. So a lease that its owner does not renew needs nobody to take it away.
create table async_queue (
    invocation_id uuid primary key,
    function_name varchar(63) not null,
    due_at        timestamp(6) with time zone not null,
    -- counts claims; whoever writes must name the owner and this number, so that a lease that was lost writes nothing
    generation    integer not null,
    -- attempts begun that count
    attempts      integer not null,
    -- null while it waits
    lease_owner   varchar(64),
    cancelled     boolean not null
);

create index async_queue_by_line on async_queue (function_name, due_at);

-- A line for each function. Lines that are awake have something due and are served in the order of their turns; the others
-- are looked at again at wake_at. Never deleted: who adds to a line relies on its being there.
create table async_line (
    function_name varchar(63) primary key,
    awake         boolean not null,
    turn          bigint not null,
    wake_at       timestamp(6) with time zone not null,
    -- how many are in the queue, about: each process adds its changes once a second
    depth         bigint not null
);

create index async_line_by_turn on async_line (awake, turn);
create index async_line_by_wake on async_line (awake, wake_at);

create table async_key (
    function_name   varchar(63) not null,
    idempotency_key varchar(255) not null,
    request_hash    varchar(64) not null,
    invocation_id   uuid not null,
    expires_at      timestamp(6) with time zone not null,
    primary key (function_name, idempotency_key)
);

create index async_key_by_expiry on async_key (expires_at);

create table async_dead_letter (
    invocation_id uuid primary key,
    function_name varchar(63) not null,
    reason        varchar(40) not null,
    died_at       timestamp(6) with time zone not null
);

create index async_dead_letter_by_function on async_dead_letter (function_name, invocation_id);
create index async_dead_letter_by_death on async_dead_letter (died_at);

-- Who asked to be called back is to be, from due_at on: written in the transaction that ends the invocation.
create table async_callback (
    invocation_id uuid primary key,
    function_name varchar(63) not null,
    url           varchar(2000) not null,
    due_at        timestamp(6) with time zone not null,
    attempts      integer not null,
    lease_owner   varchar(64),
    created_at    timestamp(6) with time zone not null
);

create index async_callback_by_due on async_callback (due_at);
