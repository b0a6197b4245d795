package dev.mayfly.wasm.spec;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A command of a script that has a module.
 *
 * @param type for example {@code module} or {@code assert_invalid}
 * @param line in the script
 * @param module the module's file
 * @param text the error that the script expects, in the specification's words
 * @param textFormat whether the module is given in the text format, which only a text parser could refuse
 */
public record SpecCommand(
        String type, int line, Path module, @Nullable String text, boolean textFormat) {}
