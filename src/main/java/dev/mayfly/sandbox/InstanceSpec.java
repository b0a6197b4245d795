package dev.mayfly.sandbox;

import dev.mayfly.wasi.GuestInput;
import dev.mayfly.wasi.GuestOutput;
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
 */
public record InstanceSpec(
        EntryPoint entryPoint,
        List<String> arguments,
        Map<String, String> environment,
        GuestInput stdin,
        GuestOutput stdout,
        GuestOutput stderr) {

    public InstanceSpec {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }
}
