package dev.mayfly.image;

import dev.mayfly.compiler.code.CodeMap;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.code.Relocation;
import dev.mayfly.compiler.ssa.Builtin;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Places functions and stubs one behind the other. */
final class CodeLayout {

    /** Functions carry constants that instructions want aligned. */
    private static final int ALIGNMENT = 16;

    private record Placed(CompiledFunction code, long address) {}

    private final Block block;
    private final List<Placed> placed = new ArrayList<>();
    private final long[] functions;
    private final Map<Integer, Long> entries = new HashMap<>();
    private final Map<Builtin, Long> builtins = new EnumMap<>(Builtin.class);

    CodeLayout(Block block, int functionCount) {
        this.block = block;
        functions = new long[functionCount];
    }

    private long place(CompiledFunction code) {
        long address = block.allocate(code.size(), ALIGNMENT);
        placed.add(new Placed(code, address));
        return address;
    }

    void addFunction(int index, CompiledFunction code) {
        functions[index] = place(code);
    }

    void addEntry(int index, CompiledFunction code) {
        entries.put(index, place(code));
    }

    void addBuiltin(Builtin builtin, CompiledFunction code) {
        builtins.put(builtin, place(code));
    }

    long function(int index) {
        return functions[index];
    }

    long builtin(int ordinal) {
        Long address = builtins.get(Builtin.values()[ordinal]);
        if (address == null) {
            throw new IllegalStateException("no routine " + ordinal);
        }
        return address;
    }

    Map<Integer, Long> entries() {
        return entries;
    }

    /** Fills in the code, with everything it refers to at the addresses that are said. */
    void write(ToLongFunction<Relocation> addresses) {
        for (Placed one : placed) {
            byte[] code = one.code().code();
            block.put(one.address(), code, 0, code.length);
            for (Relocation relocation : one.code().relocations()) {
                long at = one.address() + relocation.offset();
                long displacement = addresses.applyAsLong(relocation) + relocation.addend() - (at + Integer.BYTES);
                block.put32(at, Math.toIntExact(displacement));
            }
        }
    }

    /** The addresses of all instructions that access linear memory, in order. */
    long[] memoryAccesses() {
        List<Long> accesses = new ArrayList<>();
        for (Placed one : placed) {
            CodeMap map = one.code().map();
            for (int i = 0; i < map.size(); i++) {
                if (map.site(i) == CodeMap.Site.MEMORY_ACCESS) {
                    accesses.add(one.address() + map.offset(i));
                }
            }
        }
        return accesses.stream().mapToLong(Long::longValue).toArray();
    }
}
