package dev.mayfly.sandbox;

import dev.mayfly.wasi.Confinement;
import dev.mayfly.wasi.GuestInput;
import dev.mayfly.wasi.GuestOutput;
import dev.mayfly.wasi.Program;
import dev.mayfly.wasi.StandardStreams;
import java.util.List;
import java.util.Map;

/**
 * One instance to run.
 *
 * @param entryPoint what to call
 * @param arguments the program's arguments; the first is its name
 * @param environment the program's environment variables
 * @param stdin what the guest reads on descriptor 0
 * @param stdout what the guest writes to descriptor 1
 * @param stderr what the guest writes to descriptor 2
 * @param confinement what the guest may do with its host
 */
public record InstanceSpec(
        EntryPoint entryPoint,
        List<String> arguments,
        Map<String, String> environment,
        GuestInput stdin,
        GuestOutput stdout,
        GuestOutput stderr,
        Confinement confinement) {

    /**
     * Checks what the guest is started with.
     *
     * @throws IllegalArgumentException if an argument or variable contains a NUL character, or a variable's name is empty
     *     or contains an equals sign
     */
    public InstanceSpec {
        Program program = new Program(arguments, environment);
        arguments = program.arguments();
        environment = program.environment();
    }

    /** A guest that may make all system calls. */
    public InstanceSpec(
            EntryPoint entryPoint,
            List<String> arguments,
            Map<String, String> environment,
            GuestInput stdin,
            GuestOutput stdout,
            GuestOutput stderr) {
        this(entryPoint, arguments, environment, stdin, stdout, stderr, Confinement.DEFAULT);
    }

    /** What the guest is started with. */
    public Program program() {
        return new Program(arguments, environment);
    }

    /** The guest's descriptors 0, 1 and 2. */
    public StandardStreams streams() {
        return new StandardStreams(stdin, stdout, stderr);
    }
}
