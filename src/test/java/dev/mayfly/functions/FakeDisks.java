package dev.mayfly.functions;

import dev.mayfly.artifacts.ContentDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has the versions 1 and 2 of a disk 'base', and refuses mounts below {@code /file}. */
final class FakeDisks implements Disks {

    static final ContentDigest DIGEST = new ContentDigest("ab".repeat(32));

    @Override
    public Optional<ContentDigest> find(String name, int version) {
        return name.equals("base") && version <= 2 ? Optional.of(DIGEST) : Optional.empty();
    }

    @Override
    public Optional<String> conflict(@Nullable DiskReference root, List<DiskMount> mounts) {
        return mounts.stream().anyMatch(mount -> mount.path().startsWith("/file"))
                ? Optional.of("conflict")
                : Optional.empty();
    }

    @Override
    public void use(long function, int version, List<DiskReference> disks) {}
}
