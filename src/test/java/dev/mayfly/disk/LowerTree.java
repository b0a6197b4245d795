package dev.mayfly.disk;

import dev.mayfly.disk.LowerNode.LowerDirectory;
import dev.mayfly.disk.LowerNode.LowerEntry;
import dev.mayfly.disk.LowerNode.LowerLink;
import java.util.List;

/** A disk made of objects. */
record LowerTree(LowerDirectory root, long nodes) implements ReadOnlyDisk {

    /** A directory, with its entries in the order given. */
    record Folder(long number, List<Named> entries) implements LowerDirectory {

        Folder(long number, Named... entries) {
            this(number, List.of(entries));
        }

        @Override
        public int links() {
            return 1;
        }

        @Override
        public long modified() {
            return 7;
        }

        @Override
        public int count() {
            return entries.size();
        }

        @Override
        public LowerEntry entry(int index) {
            Named named = entries.get(index);
            return new LowerEntry(named.name(), named.node().number(), kindOf(named.node()));
        }

        @Override
        public int find(String name) {
            return entries.stream().map(Named::name).toList().indexOf(name);
        }

        @Override
        public LowerNode node(int index) {
            return entries.get(index).node();
        }

        private static NodeKind kindOf(LowerNode node) {
            return switch (node) {
                case LowerDirectory _ -> NodeKind.DIRECTORY;
                case LowerFile _ -> NodeKind.REGULAR_FILE;
                case LowerLink _ -> NodeKind.SYMBOLIC_LINK;
            };
        }
    }

    record Named(String name, LowerNode node) {}

    record Link(long number, String target) implements LowerLink {

        @Override
        public int links() {
            return 1;
        }

        @Override
        public long modified() {
            return 7;
        }
    }
}
