package dev.mayfly.invocations.streams;

import java.io.IOException;
import org.springframework.modulith.NamedInterface;

/** The pipe was severed: what it was for has been ended. */
@NamedInterface("streams")
public final class SeveredPipeException extends IOException {

    private static final long serialVersionUID = 1L;

    SeveredPipeException() {
        super("pipe severed");
    }
}
