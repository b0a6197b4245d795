package dev.mayfly.invocations;

import dev.mayfly.archives.Archiver;
import dev.mayfly.disk.FileSystem;
import dev.mayfly.functions.ArtifactPolicy;
import dev.mayfly.sandbox.Outcome;
import org.jspecify.annotations.Nullable;

/** The files of an instance, for as long as somebody may want them after its end. Belongs to the thread that runs it. */
final class FilesLeft {

    private final ArtifactPolicy policy;
    private @Nullable FileSystem files;

    FilesLeft(ArtifactPolicy policy) {
        this.policy = policy;
    }

    /** The instance has files now. */
    void made(FileSystem made) {
        if (policy != ArtifactPolicy.NEVER) {
            files = made;
        }
    }

    /** Archives what the instance left, if that is wanted. It has ended, and the memory of its files is still there. */
    void archive(Invocation invocation, Outcome outcome, Archiver archiver) {
        if (files != null && policy.wants(isSuccess(outcome))) {
            invocation.settling();
            String function = invocation.request().version().function().value();
            invocation.archived(archiver.archive(invocation.id(), function, files));
        }
    }

    private static boolean isSuccess(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Exited(int code) -> code == 0;
            case Outcome.Returned _ -> true;
            case Outcome.Trapped _, Outcome.Interrupted _, Outcome.LimitExceeded _, Outcome.CallDenied _ -> false;
        };
    }
}
