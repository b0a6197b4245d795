package dev.mayfly.compiler.x64;

import dev.mayfly.abi.Context;
import dev.mayfly.abi.Port;
import dev.mayfly.compiler.code.CodeMap;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.code.Relocation;
import dev.mayfly.compiler.ssa.Builtin;
import dev.mayfly.compiler.ssa.Type;
import java.util.List;

/**
 * Code that an image needs besides its module's functions: ways out to the host and in from it, and the routines of the
 * runtime. All of it is called like any function, and keeps the chain of frame pointers.
 */
public final class Stubs {

    private static final int SLOT_BYTES = 8;
    private static final int LINKAGE_BYTES = 16;

    private final Assembler assembler = new Assembler();

    private Stubs() {}

    /**
     * An imported function: leaves the guest with the arguments in the frame, and takes the results from there.
     *
     * @throws IllegalArgumentException if the frame has no room for them
     */
    public static CompiledFunction ofImport(int index, List<Type> parameters, List<Type> results) {
        Stubs stubs = new Stubs();
        stubs.enter(0);
        stubs.toFrame(CallingConvention.arguments(parameters), Registers.RBP, LINKAGE_BYTES);
        stubs.assembler.constant(Registers.RAX, index);
        stubs.assembler.out(Port.IMPORT);
        stubs.fromFrame(CallingConvention.results(parameters, results), Registers.RBP, LINKAGE_BYTES);
        return stubs.finish("import[" + index + "]");
    }

    /**
     * The way from the host into a function: takes arguments from the frame, and leaves the results there.
     *
     * @throws IllegalArgumentException if the frame has no room for them
     */
    public static CompiledFunction ofEntry(int function, List<Type> parameters, List<Type> results) {
        Stubs stubs = new Stubs();
        int bytes = CallingConvention.slots(parameters, results) * SLOT_BYTES;
        stubs.enter(bytes);
        stubs.fromFrame(CallingConvention.arguments(parameters), Registers.RSP, 0);
        stubs.assembler.call(Reference.to(Relocation.Kind.FUNCTION, function));
        stubs.toFrame(CallingConvention.results(parameters, results), Registers.RSP, 0);
        return stubs.finish("entry[" + function + "]");
    }

    /** A routine of the runtime. */
    public static CompiledFunction of(Builtin builtin) {
        Stubs stubs = new Stubs();
        stubs.enter(0);
        BuiltinRoutines routines = new BuiltinRoutines(stubs.assembler);
        routines.emit(builtin);
        stubs.leave();
        routines.emitTraps();
        return stubs.link(builtin.toString());
    }

    private void enter(int bytes) {
        assembler.emit(Op.PUSH, 8, 0, Registers.RBP);
        assembler.emit(Op.LOAD, 8, Registers.RBP, Registers.RSP);
        if (bytes > 0) {
            assembler.emit(Op.SUBI, 8, 0, Registers.RSP, bytes);
        }
    }

    private void leave() {
        assembler.emit(Op.LOAD, 8, Registers.RSP, Registers.RBP);
        assembler.emit(Op.POP, 8, 0, Registers.RBP);
        assembler.ret();
    }

    private CompiledFunction finish(String name) {
        leave();
        return link(name);
    }

    private CompiledFunction link(String name) {
        assembler.shortenJumps();
        assembler.link();
        return new CompiledFunction(
                name, assembler.code().toArray(), assembler.relocations(), new CodeMap.Builder().build());
    }

    private static Address frame(int index) {
        return Address.of(Reference.context(Context.FRAME + index * Context.FRAME_SLOT_BYTES));
    }

    private static void requireRoom(int values) {
        if (values > Context.FRAME_SLOTS) {
            throw new IllegalArgumentException(
                    "The host can exchange at most " + Context.FRAME_SLOTS + " values with a function, not " + values);
        }
    }

    private void toFrame(List<CallingConvention.Place> places, int base, int offset) {
        requireRoom(places.size());
        for (int i = 0; i < places.size(); i++) {
            CallingConvention.Place place = places.get(i);
            if (place.isRegister()) {
                assembler.emit(place.type().isFloat() ? Op.STORESD : Op.STORE, 8, place.register(), frame(i));
            } else {
                // No argument or result is ever in r11.
                assembler.emit(Op.LOAD, 8, Registers.R11, Address.base(base, offset + place.slot() * SLOT_BYTES));
                assembler.emit(Op.STORE, 8, Registers.R11, frame(i));
            }
        }
    }

    /** What the host gives as 32 bits is extended here: it need not be trusted to do so. */
    private void fromFrame(List<CallingConvention.Place> places, int base, int offset) {
        requireRoom(places.size());
        for (int i = 0; i < places.size(); i++) {
            CallingConvention.Place place = places.get(i);
            if (!place.isRegister()) {
                assembler.emit(Op.LOAD, place.type().bytes(), Registers.R11, frame(i));
                assembler.emit(Op.STORE, 8, Registers.R11, Address.base(base, offset + place.slot() * SLOT_BYTES));
            } else if (place.type().isFloat()) {
                assembler.emit(Op.MOVSD, 8, place.register(), frame(i));
            } else {
                assembler.emit(Op.LOAD, place.type().bytes(), place.register(), frame(i));
            }
        }
    }
}
