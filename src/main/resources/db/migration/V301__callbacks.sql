-- Runs on H2 and PostgreSQL alike.

-- Deliveries of results to those who asked to be called back. They come from async_callback, which is emptied into this
-- table, and stay for a while when they have ended.
create table callback_deliveries (
    id            uuid                        not null primary key,
    invocation_id uuid                        not null,
    function_name varchar(63)                 not null,
    url           varchar(2000)               not null,
    host          varchar(300)                not null,
    -- pending, delivered or abandoned
    state         varchar(16)                 not null,
    attempts      integer                     not null,
    -- when it may be claimed: a leased one when its lease ends; null once it has ended
    due_at        timestamp(6) with time zone,
    lease_owner   varchar(64),
    last_status   integer,
    last_error    varchar(40),
    created_at    timestamp(6) with time zone not null,
    ended_at      timestamp(6) with time zone
);

create index callback_deliveries_due on callback_deliveries (due_at);
create index callback_deliveries_invocation on callback_deliveries (invocation_id, created_at);
create index callback_deliveries_ended on callback_deliveries (ended_at);
