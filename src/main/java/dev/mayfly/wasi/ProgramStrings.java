package dev.mayfly.wasi;

import org.jspecify.annotations.Nullable;

/** The program's arguments and environment, put into the guest's form when it first asks for them. */
final class ProgramStrings {

    private final Program program;
    private @Nullable StringVector arguments;
    private @Nullable StringVector environment;

    ProgramStrings(Program program) {
        this.program = program;
    }

    StringVector arguments() {
        StringVector known = arguments;
        if (known == null) {
            known = StringVector.ofArguments(program);
            arguments = known;
        }
        return known;
    }

    StringVector environment() {
        StringVector known = environment;
        if (known == null) {
            known = StringVector.ofEnvironment(program);
            environment = known;
        }
        return known;
    }
}
