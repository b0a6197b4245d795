package dev.mayfly.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How busy a worker is.
 *
 * @param slots how many instances it runs at once at most, at least 1
 * @param inUse how many it runs
 * @param queued how many wait for a slot
 * @param draining whether it takes nothing more
 */
public record WorkerLoad(int slots, int inUse, int queued, boolean draining) {

    private static final Pattern HEADER =
            Pattern.compile("slots=([0-9]{1,7}) in-use=([0-9]{1,7}) queued=([0-9]{1,7}) draining=(true|false)");

    public WorkerLoad {
        if (slots < 1 || inUse < 0 || queued < 0) {
            throw new IllegalArgumentException("no load: " + slots + " slots, " + inUse + " in use, " + queued);
        }
    }

    /** The value of {@link ClusterHeaders#LOAD}. */
    public String header() {
        return "slots=" + slots + " in-use=" + inUse + " queued=" + queued + " draining=" + draining;
    }

    /**
     * Reads what {@link #header} wrote.
     *
     * @throws ProtocolException if it is not of that form
     */
    public static WorkerLoad parse(String header) throws ProtocolException {
        Matcher form = HEADER.matcher(header);
        if (!form.matches()) {
            throw new ProtocolException("a load of no known form");
        }
        return Checked.value(() -> new WorkerLoad(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3)),
                Boolean.parseBoolean(form.group(4))));
    }
}
