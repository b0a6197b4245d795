package dev.mayfly.disks;

import dev.mayfly.artifacts.ModuleDigest;
import dev.mayfly.functions.DiskMount;
import dev.mayfly.functions.DiskReference;
import dev.mayfly.functions.Disks;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where instances run elsewhere: disks do not get there yet. */
final class NoDisks implements Disks {

    @Override
    public Optional<String> unavailable() {
        return Optional.of("needs the role 'all': control planes do not give disks to workers");
    }

    @Override
    public Optional<ModuleDigest> find(String name, int version) {
        return Optional.empty();
    }

    @Override
    public Optional<String> conflict(@Nullable DiskReference root, List<DiskMount> mounts) {
        return unavailable();
    }

    @Override
    public void use(long function, int version, List<DiskReference> disks) {
        throw new IllegalStateException("no disks here");
    }
}
