package dev.mayfly.disk;

/** What {@code rename} must refuse. */
record Renaming(Place source, Place target) {

    void requirePossible() throws FileException {
        if (!source.named() || !target.named()) {
            throw FileException.of(FileError.BUSY);
        }
        source.requireSameDisk(target);
        if (source.existing() instanceof Directory moved) {
            requirePossible(moved);
        } else {
            source.requireNoSlash(FileError.NOTDIR);
            if (target.node() instanceof Directory) {
                throw FileException.of(FileError.ISDIR);
            }
            target.requireNoSlash(FileError.NOTDIR);
        }
        target.requireAlive();
        target.requireWritable();
    }

    /** A directory cannot move into itself, and only takes the place of an empty one. */
    private void requirePossible(Directory moved) throws FileException {
        if (moved.fixed()) {
            throw FileException.of(FileError.BUSY);
        }
        if (target.parent().isWithin(moved)) {
            throw FileException.of(FileError.INVAL);
        }
        if (target.node() == moved) {
            return;
        }
        switch (target.node()) {
            case null -> {}
            case Directory replaced -> requireReplaceable(replaced);
            case RegularFile _, SymbolicLink _ -> throw FileException.of(FileError.NOTDIR);
        }
    }

    private static void requireReplaceable(Directory replaced) throws FileException {
        if (replaced.fixed()) {
            throw FileException.of(FileError.BUSY);
        }
        replaced.requireEmpty();
    }
}
