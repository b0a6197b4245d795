package dev.mayfly.differential;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.Opcode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A function on its way: what has been written of it, and what can be named where its end is now. */
final class FunctionScope {

    /** A block around the current position. Values of these types go with a branch to it. */
    record Label(List<ValueType> types, boolean target) {}

    final Choices choices;
    final Shape shape;
    final FunctionType type;
    final ByteWriter code = new ByteWriter();
    private final List<ValueType> locals;
    private final Map<ValueType, Integer> scratch = new EnumMap<>(ValueType.class);
    private final List<Label> labels = new ArrayList<>();

    /** What may be read and written at random, unlike counters of loops. */
    private final List<Integer> variables = new ArrayList<>();

    /** Counters of the loops around the current position: to be read only. */
    private final List<Integer> counters = new ArrayList<>();

    private int budget;

    FunctionScope(Choices choices, Shape shape, FunctionType type, int budget) {
        this.choices = choices;
        this.shape = shape;
        this.type = type;
        this.budget = budget;
        this.locals = new ArrayList<>(type.parameters());
        for (int i = 0; i < locals.size(); i++) {
            variables.add(i);
        }
    }

    /** Whether there is room for something that is not the simplest; uses some of it up. */
    boolean spend() {
        return budget-- > 0;
    }

    int newLocal(ValueType localType) {
        locals.add(localType);
        return locals.size() - 1;
    }

    int newVariable(ValueType localType) {
        int local = newLocal(localType);
        variables.add(local);
        return local;
    }

    /** A local that nothing uses but between two neighbouring instructions. */
    int scratch(ValueType localType) {
        return scratch.computeIfAbsent(localType, this::newLocal);
    }

    List<Integer> variables(ValueType wanted) {
        return variables.stream().filter(i -> locals.get(i) == wanted).toList();
    }

    List<Integer> counters() {
        return counters;
    }

    List<Label> labels() {
        return labels;
    }

    void enter(Label label) {
        labels.add(label);
    }

    void leave() {
        labels.removeLast();
        code.op(Opcode.END);
    }

    /** The function as it stands in the code section. */
    ByteWriter toBody() {
        List<ValueType> declared = locals.subList(type.parameters().size(), locals.size());
        ByteWriter body = new ByteWriter().u32(declared.size());
        declared.forEach(local -> body.u32(1).u8(local.code()));
        return body.append(code).op(Opcode.END);
    }
}
