package dev.mayfly.nativeaccess;

import java.util.Objects;

/** Tells which pages of a mapping are no longer the file's, or zero, because they were written to. Thread-safe. */
public final class PageMap implements AutoCloseable {

    /** Told about ranges of pages, in ascending order and not overlapping. */
    @FunctionalInterface
    public interface RangeConsumer {

        /**
         * Takes one range.
         *
         * @param offset in bytes from the mapping's beginning
         * @param length in bytes
         */
        void accept(long offset, long length);
    }

    /** A way to find written pages between two addresses. */
    interface Scan {

        /** Reports ranges by their addresses. */
        void forEachWritten(Descriptor pagemap, long start, long end, RangeConsumer found) throws NativeException;
    }

    private final Descriptor pagemap;
    private final Scan scan;

    PageMap(Descriptor pagemap, Scan scan) {
        this.pagemap = pagemap;
        this.scan = scan;
    }

    static PageMap open(Linux linux) throws NativeException {
        Descriptor pagemap = linux.openToRead("/proc/self/pagemap");
        return new PageMap(
                pagemap, PagemapScanRequest.isKnownTo(pagemap) ? new PagemapScanRequest() : new PagemapRead());
    }

    /**
     * Reports every page among the first so many bytes of a mapping that has memory of its own, accessible or not. It
     * may report a page that was only read; it never leaves out one that was written to.
     */
    public void forEachWritten(Mapping mapping, long bytes, RangeConsumer found) throws NativeException {
        Objects.checkFromIndexSize(0, bytes, mapping.bytes());
        mapping.hold();
        try {
            long start = mapping.address();
            scan.forEachWritten(
                    pagemap, start, start + bytes, (address, length) -> found.accept(address - start, length));
        } finally {
            mapping.release();
        }
    }

    @Override
    public void close() {
        pagemap.close();
    }
}
