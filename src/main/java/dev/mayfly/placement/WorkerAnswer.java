package dev.mayfly.placement;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.Refusal;
import dev.mayfly.cluster.WorkerLoad;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpStatus;

/**
 * The beginning of a worker's answer, which is known to be a worker's.
 *
 * @param refusal why it did nothing, if it says so
 * @param load how busy it is, if it says so
 * @param missing of what it lacks, if it says so
 */
record WorkerAnswer(
        ClassicHttpResponse response, Optional<Refusal> refusal, Optional<WorkerLoad> load, List<ContentDigest> missing)
        implements AutoCloseable {

    /** Whether it did what it was asked to. */
    boolean isSuccess() {
        return response.getCode() >= HttpStatus.SC_SUCCESS && response.getCode() < HttpStatus.SC_REDIRECTION;
    }

    InputStream content() throws IOException {
        return response.getEntity() == null
                ? InputStream.nullInputStream()
                : response.getEntity().getContent();
    }

    /** Ends the exchange. What was not read of the answer is not read any more, and its connection not used again. */
    @Override
    public void close() throws IOException {
        response.close();
    }
}
