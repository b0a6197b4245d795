package dev.mayfly.archives;

import java.io.IOException;

/** There will be no archive, for no fault of the platform. */
final class ArchiveRefusedException extends IOException {

    private static final long serialVersionUID = 1;

    private final ArchiveState state;

    ArchiveRefusedException(ArchiveState state) {
        super(state.id());
        this.state = state;
    }

    ArchiveState state() {
        return state;
    }
}
