package dev.mayfly.compiler.code;

import java.util.List;

/**
 * The machine code of one function. It can be placed anywhere once its relocations have been applied.
 */
public final class CompiledFunction {

    private final String name;
    private final byte[] code;
    private final List<Relocation> relocations;
    private final CodeMap map;

    /**
     * Describes a function's code.
     *
     * @param name for backtraces
     * @param code the instructions, and constants behind them; kept as it is, so nobody may change it
     * @param relocations by offset
     * @param map what the instructions stem from
     */
    public CompiledFunction(String name, byte[] code, List<Relocation> relocations, CodeMap map) {
        this.name = name;
        this.code = code;
        this.relocations = List.copyOf(relocations);
        this.map = map;
    }

    public String name() {
        return name;
    }

    public int size() {
        return code.length;
    }

    /** Copies the code to where it, or an image of it, is laid out. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(code, 0, target, at, code.length);
    }

    /** A copy of the code as it is before relocation. */
    public byte[] code() {
        return code.clone();
    }

    public List<Relocation> relocations() {
        return relocations;
    }

    public CodeMap map() {
        return map;
    }
}
