package dev.mayfly.functions;

import java.io.IOException;
import java.io.InputStream;

/** Publishes versions from within the process. Thread-safe. */
public interface FunctionPublisher {

    /** Whether there is a function of that name. */
    boolean exists(FunctionName name);

    /**
     * Publishes a module as a new version of a function and points {@code live} to it. Makes the function if there is
     * none.
     *
     * @param module is read to its end, not closed
     * @param configuration of the new version, and of those after it
     * @throws InvalidConfigurationException if the configuration breaks rules
     * @throws ModuleRefusedException if the module cannot run with that configuration
     * @throws IOException if the module cannot be read or stored, or is larger than modules may be
     */
    ResolvedVersion publish(FunctionName name, InputStream module, ConfigurationRequest configuration)
            throws IOException;
}
