package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.code.Relocation;
import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Type;
import java.util.ArrayList;
import java.util.List;

/** Lowers calls, returns, and the arrival of arguments, by the {@link CallingConvention}. */
final class Calls {

    /** Between rbp and what the caller passed on the stack: the caller's rbp and the return address. */
    private static final int LINKAGE_BYTES = 16;

    private static final int SLOT_BYTES = 8;

    private final Selection selection;
    private final Instructions instructions;

    Calls(Selection selection) {
        this.selection = selection;
        this.instructions = selection.instructions();
    }

    void call(int instruction) {
        int index = (int) instructions.immediate(instruction);
        direct(instruction, Reference.to(Relocation.Kind.FUNCTION, index));
    }

    void builtin(int instruction) {
        int index = instructions.builtin(instruction).ordinal();
        direct(instruction, Reference.to(Relocation.Kind.BUILTIN, index));
    }

    private void direct(int instruction, Reference target) {
        call(instruction, new Transfers.Call(target), 0);
    }

    void callIndirect(int instruction) {
        call(instruction, new Transfers.Call(selection.use(instructions.argument(instruction, 0))), 1);
    }

    private void call(int instruction, Transfers.Call call, int firstArgument) {
        List<Integer> arguments = new ArrayList<>();
        for (int i = firstArgument; i < instructions.argumentCount(instruction); i++) {
            arguments.add(instructions.argument(instruction, i));
        }
        List<Integer> results = new ArrayList<>();
        for (int i = 0; i < instructions.resultCount(instruction); i++) {
            results.add(instructions.result(instruction, i));
        }
        List<Type> argumentTypes = types(arguments);
        List<Type> resultTypes = types(results);
        selection.machine().needOutgoingSlots(CallingConvention.slots(argumentTypes, resultTypes));
        List<Integer> passed = put(arguments, CallingConvention.arguments(argumentTypes), Registers.RSP, 0);
        passed.forEach(call::passes);
        selection.emit(call);
        take(results, CallingConvention.results(argumentTypes, resultTypes), call);
    }

    private List<Type> types(List<Integer> values) {
        return values.stream().map(selection::type).toList();
    }

    /** Puts values into their places and says which registers those are. The stack comes first: it takes no register. */
    private List<Integer> put(List<Integer> values, List<CallingConvention.Place> places, int base, int offset) {
        List<Integer> registers = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            CallingConvention.Place place = places.get(i);
            if (!place.isRegister()) {
                Op op = place.type().isFloat() ? Op.STORESD : Op.STORE;
                Address slot = Address.base(base, offset + place.slot() * SLOT_BYTES);
                selection.emit(Operation.of(op, 8, selection.use(values.get(i)), slot));
            }
        }
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).isRegister()) {
                selection.copy(places.get(i).register(), values.get(i));
                registers.add(places.get(i).register());
            }
        }
        return registers;
    }

    private void take(List<Integer> results, List<CallingConvention.Place> places, Transfers.Call call) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).isRegister()) {
                call.answers(places.get(i).register());
                if (selection.isWantedValue(results.get(i))) {
                    arrive(results.get(i), places.get(i).register());
                }
            }
        }
        for (int i = 0; i < places.size(); i++) {
            if (!places.get(i).isRegister() && selection.isWantedValue(results.get(i))) {
                load(results.get(i), Address.base(Registers.RSP, places.get(i).slot() * SLOT_BYTES));
            }
        }
    }

    private void arrive(int value, int register) {
        selection.emit(new Transfers.Copy(selection.define(value), register));
    }

    private void load(int value, Address slot) {
        Op op = selection.type(value).isFloat() ? Op.MOVSD : Op.LOAD;
        selection.emit(Operation.of(op, 8, selection.define(value), slot));
    }

    /** At the start of the first block, whose parameters are the function's. */
    void takeArguments() {
        Blocks blocks = selection.function().blocks();
        List<Integer> values = parameters();
        List<CallingConvention.Place> places = CallingConvention.arguments(types(values));
        for (int i = 0; i < blocks.parameterCount(Function.ENTRY); i++) {
            if (places.get(i).isRegister() && selection.isWantedValue(values.get(i))) {
                arrive(values.get(i), places.get(i).register());
            }
        }
        for (int i = 0; i < blocks.parameterCount(Function.ENTRY); i++) {
            if (!places.get(i).isRegister() && selection.isWantedValue(values.get(i))) {
                int offset = LINKAGE_BYTES + places.get(i).slot() * SLOT_BYTES;
                load(values.get(i), Address.base(Registers.RBP, offset));
            }
        }
    }

    private List<Integer> parameters() {
        Blocks blocks = selection.function().blocks();
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < blocks.parameterCount(Function.ENTRY); i++) {
            values.add(blocks.parameter(Function.ENTRY, i));
        }
        return values;
    }

    void returnValues(int instruction) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < instructions.argumentCount(instruction); i++) {
            values.add(instructions.argument(instruction, i));
        }
        List<CallingConvention.Place> places = CallingConvention.results(types(parameters()), types(values));
        List<Integer> registers = put(values, places, Registers.RBP, LINKAGE_BYTES);
        selection.emit(new ControlFlow.Return(
                registers.stream().mapToInt(Integer::intValue).toArray()));
    }
}
