package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.binary.BinaryLimits;
import dev.mayfly.wasm.binary.FunctionBody;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;
import java.io.IOException;

/**
 * Validates function bodies in one pass over their instructions, by the algorithm of the specification (core
 * specification 2.0, appendix A.3). One instance serves all bodies of a module, so that its stacks are allocated once.
 */
final class FunctionValidator {

    private final InstructionReader instructions;
    private final OperandStack operands;
    private final ControlStack control;
    private final LocalTypes locals = new LocalTypes();

    private final ControlRules controlRules;
    private final ParametricRules parametricRules;
    private final VariableRules variableRules;
    private final TableRules tableRules;
    private final MemoryRules memoryRules;
    private final NumericRules numericRules;
    private final ReferenceRules referenceRules;
    private final VectorRules vectorRules;

    FunctionValidator(ModuleContext module, BinaryLimits limits, InstructionReader instructions) {
        this.instructions = instructions;
        this.operands = new OperandStack(limits.operands(), instructions);
        this.control = new ControlStack(operands, instructions);
        this.controlRules = new ControlRules(module, instructions, operands, control);
        this.parametricRules = new ParametricRules(instructions, operands);
        this.variableRules = new VariableRules(module, locals, instructions, operands);
        this.tableRules = new TableRules(module, instructions, operands);
        this.memoryRules = new MemoryRules(module, instructions, operands);
        this.numericRules = new NumericRules(operands);
        this.referenceRules = new ReferenceRules(module, instructions, operands);
        this.vectorRules = new VectorRules(instructions, operands);
    }

    /** Validates a body, whose instruction reader must be the one this was made with. */
    void validate(FunctionBody body, Signature type) throws IOException, ModuleException {
        locals.set(type.parameters(), body.locals());
        operands.clear();
        control.clear();
        control.open(Opcode.BLOCK, type.body());
        do {
            Opcode opcode = instructions.next();
            apply(opcode);
        } while (!instructions.ended());
    }

    // A call per family rather than one through an interface: each has one target then, which can be inlined.
    private void apply(Opcode opcode) throws ModuleException {
        switch (opcode.family()) {
            case CONTROL -> controlRules.apply(opcode);
            case PARAMETRIC -> parametricRules.apply(opcode);
            case VARIABLE -> variableRules.apply(opcode);
            case TABLE -> tableRules.apply(opcode);
            case MEMORY -> memoryRules.apply(opcode);
            case NUMERIC -> numericRules.apply(opcode);
            case REFERENCE -> referenceRules.apply(opcode);
            case VECTOR -> vectorRules.apply(opcode);
        }
    }
}
