package dev.mayfly.asynchronous.queue;

import org.springframework.stereotype.Component;

/** The tables that a submission goes to. */
@Component
record QueueTables(
        InvocationTable invocations, QueueTable queue, Lines lines, Keys keys, Depths depths, Endings endings) {}
