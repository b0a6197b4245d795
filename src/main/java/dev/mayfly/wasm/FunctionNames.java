package dev.mayfly.wasm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names that a module's custom name section gives to its functions, by function index. For backtraces only: names
 * may be missing, repeated or misleading.
 */
public final class FunctionNames {

    private static final FunctionNames NONE = new Builder().build();

    // One array for all text: a module may name a hundred thousand functions.
    private final byte[] text;
    private final int[] functions;
    private final int[] ends;

    private FunctionNames(byte[] text, int[] functions, int[] ends) {
        this.text = text;
        this.functions = functions;
        this.ends = ends;
    }

    public static FunctionNames none() {
        return NONE;
    }

    /** How many functions have a name. */
    public int size() {
        return functions.length;
    }

    public boolean isEmpty() {
        return functions.length == 0;
    }

    /** The function's name, or null where the module gives none. */
    public @Nullable String get(int function) {
        int at = Arrays.binarySearch(functions, function);
        if (at < 0) {
            return null;
        }
        int start = at == 0 ? 0 : ends[at - 1];
        return new String(text, start, ends[at] - start, StandardCharsets.UTF_8);
    }

    public String getOrDefault(int function, String otherwise) {
        String name = get(function);
        return name == null ? otherwise : name;
    }

    /** Collects names in ascending order of function index, as the name section has them. */
    public static final class Builder {

        private byte[] text = new byte[0];
        private int length;
        private int[] functions = new int[0];
        private int[] ends = new int[0];
        private int count;

        /** Adds a name; one that is out of order or repeated is left out. */
        public Builder add(int function, String name) {
            if (function < 0 || (count > 0 && function <= functions[count - 1])) {
                return this;
            }
            append(name.getBytes(StandardCharsets.UTF_8));
            if (count == functions.length) {
                functions = Arrays.copyOf(functions, Math.max(16, count * 2));
                ends = Arrays.copyOf(ends, functions.length);
            }
            functions[count] = function;
            ends[count] = length;
            count++;
            return this;
        }

        private void append(byte[] name) {
            if (name.length > text.length - length) {
                text = Arrays.copyOf(text, Math.max(length + name.length, text.length * 2));
            }
            System.arraycopy(name, 0, text, length, name.length);
            length += name.length;
        }

        public FunctionNames build() {
            return new FunctionNames(
                    Arrays.copyOf(text, length), Arrays.copyOf(functions, count), Arrays.copyOf(ends, count));
        }
    }
}
