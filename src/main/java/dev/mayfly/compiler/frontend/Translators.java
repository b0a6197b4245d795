package dev.mayfly.compiler.frontend;

import dev.mayfly.wasm.UnsupportedModuleException;
import dev.mayfly.wasm.binary.Opcode;

/** The translators of one body, and which of them is for an instruction. */
final class Translators {

    private final Body body;
    private final ControlTranslator control;
    private final ValueTranslator values;
    private final TableTranslator tables;
    private final MemoryTranslator memory;
    private final NumericTranslator numeric;
    private final CallTranslator calls;

    Translators(Body body) {
        this.body = body;
        this.control = new ControlTranslator(body);
        this.values = new ValueTranslator(body);
        this.tables = new TableTranslator(body);
        this.memory = new MemoryTranslator(body);
        this.numeric = new NumericTranslator(body);
        this.calls = new CallTranslator(body, tables);
    }

    ControlTranslator control() {
        return control;
    }

    Translator of(Opcode opcode) throws UnsupportedModuleException {
        return switch (opcode.family()) {
            case CONTROL -> opcode == Opcode.CALL || opcode == Opcode.CALL_INDIRECT ? calls : control;
            case PARAMETRIC, VARIABLE, REFERENCE -> values;
            case TABLE -> tables;
            case MEMORY -> memory;
            case NUMERIC -> numeric;
            case VECTOR ->
                throw Signature.vectorsUnsupported(body.instructions().offset());
        };
    }
}
