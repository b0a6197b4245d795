package dev.mayfly.image;

/**
 * How large an image may get.
 *
 * @param tableElements how far a table may grow that the module sets no lower limit to
 * @param imageBytes how much memory, or disk, all that is in the image may take; at most 1 GiB
 */
public record ImageLimits(long tableElements, long imageBytes) {

    /** Tables of 100,000 elements, and 512 MiB. */
    public static final ImageLimits DEFAULT = new ImageLimits(100_000, 512L << 20);

    private static final long MOST = 1L << 30;

    public ImageLimits {
        if (tableElements < 0 || imageBytes < 0 || imageBytes > MOST) {
            throw new IllegalArgumentException(
                    "not possible: images of " + imageBytes + " bytes, tables of " + tableElements + " elements");
        }
    }
}
