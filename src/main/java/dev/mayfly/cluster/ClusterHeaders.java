package dev.mayfly.cluster;

/** The headers that requests to workers and their answers carry. */
public final class ClusterHeaders {

    /** Of a request: its {@link SignedRequest#authorization signature}. */
    public static final String AUTHORIZATION = "Authorization";

    /** Of an answer: its {@link AnswerHead#signature signature}. */
    public static final String ANSWER = "Mayfly-Answer";

    /** Of an answer that refuses: the {@link Refusal}. Without it, a failure tells nothing of what was done. */
    public static final String REFUSAL = "Mayfly-Refusal";

    /** Of an answer that refuses because disks are missing, the module aside: their digests' hexadecimal digits, with commas between. */
    public static final String MISSING = "Mayfly-Missing";

    /** Of an answer without frames: the {@link WorkerLoad}. */
    public static final String LOAD = "Mayfly-Load";

    private ClusterHeaders() {}
}
