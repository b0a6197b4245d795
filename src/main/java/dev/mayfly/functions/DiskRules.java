package dev.mayfly.functions;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.disk.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Turns the disks that a user names into those that they are, or says what is wrong with them. */
final class DiskRules {

    private static final int MAX_MOUNTS = 16;

    private final Disks disks;

    /** Takes a field and what is wrong with it. */
    private final BiConsumer<String, String> refusals;

    DiskRules(Disks disks, BiConsumer<String, String> refusals) {
        this.disks = disks;
        this.refusals = refusals;
    }

    @Nullable
    DiskReference root(@Nullable String reference) {
        return reference == null ? null : resolve("rootDisk", reference);
    }

    List<DiskMount> mounts(List<ConfigurationRequest.@Nullable Mount> wanted) {
        if (wanted.size() > MAX_MOUNTS) {
            refusals.accept("mounts", "must be at most " + MAX_MOUNTS);
            return List.of();
        }
        List<DiskMount> mounts = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            mount("mounts[" + i + "]", wanted.get(i), mounts);
        }
        return mounts;
    }

    private void mount(String field, ConfigurationRequest.@Nullable Mount wanted, List<DiskMount> mounts) {
        if (wanted == null || wanted.path() == null || wanted.disk() == null) {
            refusals.accept(field, "must have a 'path' and a 'disk'");
        } else if (!Mount.isPath(wanted.path())) {
            refusals.accept(field + ".path", "must be an absolute path like '/models', without '.' or '..' in it");
        } else {
            requireApart(field, wanted.path(), mounts);
            DiskReference disk = resolve(field + ".disk", wanted.disk());
            if (disk != null) {
                mounts.add(new DiskMount(wanted.path(), disk));
            }
        }
    }

    private void requireApart(String field, String path, List<DiskMount> mounts) {
        for (DiskMount other : mounts) {
            if ((path + "/").startsWith(other.path() + "/") || (other.path() + "/").startsWith(path + "/")) {
                refusals.accept(field + ".path", "must not be '" + other.path() + "', in it or above it");
            }
        }
    }

    /** Looks at all of them together. */
    void checkTogether(@Nullable DiskReference root, List<DiskMount> mounts) {
        if (!mounts.isEmpty()) {
            disks.conflict(root, mounts).ifPresent(conflict -> refusals.accept("mounts", conflict));
        }
    }

    private @Nullable DiskReference resolve(String field, String reference) {
        Optional<DiskReference.Wanted> wanted = DiskReference.wanted(reference);
        if (wanted.isEmpty()) {
            refusals.accept(field, "must be the name of a disk, '@' and the number of a version");
            return null;
        }
        return resolve(field, wanted.get());
    }

    private @Nullable DiskReference resolve(String field, DiskReference.Wanted wanted) {
        Optional<ContentDigest> digest = disks.find(wanted.name(), wanted.version());
        if (digest.isEmpty()) {
            refusals.accept(field, "names a version of a disk that there is not");
            return null;
        } else if (wanted.digest().isPresent() && !wanted.digest().equals(digest)) {
            refusals.accept(field, "names a digest that the version of the disk does not have");
            return null;
        }
        return new DiskReference(wanted.name(), wanted.version(), digest.get());
    }
}
