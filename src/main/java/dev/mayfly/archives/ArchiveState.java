package dev.mayfly.archives;

import java.util.Arrays;
import java.util.Optional;

/** What became of the archive of an invocation, in one word. The words are part of the API. */
public enum ArchiveState {
    /** It can be fetched. */
    KEPT("kept"),
    /** There is none, because the instance changed nothing. */
    UNCHANGED("unchanged"),
    /** There is none, because it would be larger than one may be. */
    TOO_LARGE("too-large"),
    /** There is none, because making it took too long. */
    TOO_SLOW("too-slow"),
    /** There is none, because a name in it would mean something else in an archive, or is too long for one. */
    UNREPRESENTABLE("unrepresentable"),
    /** There is none, because there was no room for it. */
    STORAGE_FULL("storage-full"),
    /** There is none, because the platform failed to make or keep it; the log says why. */
    FAILED("failed"),
    /** It was kept until its time was over. Never recorded: the time says so. */
    EXPIRED("expired"),
    /** It was kept until somebody deleted it. Never recorded. */
    DELETED("deleted");

    private final String id;

    ArchiveState(String id) {
        this.id = id;
    }

    /** The word that users see. */
    public String id() {
        return id;
    }

    /** The state of that word, if there is one. */
    public static Optional<ArchiveState> of(String id) {
        return Arrays.stream(values()).filter(state -> state.id.equals(id)).findFirst();
    }
}
