package dev.mayfly.image;

import dev.mayfly.compiler.code.CodeMap;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.code.Relocation;
import dev.mayfly.compiler.ssa.Builtin;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
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
    private final List<Integer> entries = new ArrayList<>();
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

    /** Adds functions in the order of their indices. */
    void addFunction(int index, CompiledFunction code) {
        functions[index] = place(code);
    }

    /** Adds entries behind all functions, in ascending order. */
    void addEntry(int index, CompiledFunction code) {
        place(code);
        entries.add(index);
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

    /** What is where, once all is placed: functions first, then entries, then routines. */
    AddressMap addresses(int imports) {
        int[] starts = placed.stream().mapToInt(one -> offset(one.address())).toArray();
        int count = placed.stream().mapToInt(one -> one.code().map().size()).sum();
        int[] sites = new int[count];
        int[] positions = new int[count];
        int next = 0;
        for (Placed one : placed) {
            CodeMap map = one.code().map();
            for (int i = 0; i < map.size(); i++) {
                sites[next] = AddressMap.site(offset(one.address()) + map.offset(i), map.site(i));
                positions[next++] = map.position(i);
            }
        }
        int[] entered = entries.stream().mapToInt(Integer::intValue).toArray();
        return new AddressMap(
                imports,
                functions.length,
                SortedInts.of(starts),
                SortedInts.of(entered),
                SortedInts.of(sites),
                MemorySegment.ofArray(positions));
    }

    private int offset(long address) {
        return (int) (address - block.address());
    }
}
