package dev.mayfly.invocations;

import dev.mayfly.sandbox.Standby;
import dev.mayfly.scheduling.Ticket;
import java.util.function.BooleanSupplier;

/** An instance that waits lets another have its slot. */
record SlotStandby(Ticket ticket) implements Standby {

    @Override
    public void begin() {
        ticket.block();
    }

    @Override
    public void end(BooleanSupplier hopeless) {
        ticket.unblock(hopeless);
    }
}
