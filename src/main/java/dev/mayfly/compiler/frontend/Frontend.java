package dev.mayfly.compiler.frontend;

import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.FunctionBuilder;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.binary.FunctionBody;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Locals;
import dev.mayfly.wasm.binary.Opcode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Turns function bodies, which must have been validated, into the intermediate representation. Stateless; any thread may use it. */
public final class Frontend {

    /**
     * How many arguments the locals of one function may need on edges between blocks, by default. A function of n bytes
     * can ask for n * n of them.
     */
    public static final int BLOCK_ARGUMENTS = 1_000_000;

    /** How many steps from block to block the search for the values of one function's locals may take: a second or so. */
    public static final int LOCAL_LOOKUPS = 50_000_000;

    private final ModuleEnvironment environment;
    private final int blockArguments;

    public Frontend(ModuleEnvironment environment, int blockArguments) {
        this.environment = environment;
        this.blockArguments = blockArguments;
    }

    /**
     * Translates a body.
     *
     * @throws ModuleException if it uses what the compiler does not have, or is too complex
     */
    public Function translate(FunctionBody body) throws IOException, ModuleException {
        int index = environment.module().importedFunctions() + body.number();
        Signature signature = environment.function(index);
        Function function = new Function(environment.functionName(index), signature.parameters(), signature.results());
        Type[] types = variableTypes(signature, body);
        Variables variables = new Variables(function, types, blockArguments, body.offset());
        FunctionBuilder builder = new FunctionBuilder(function);
        builder.at((int) body.offset());
        translate(new Body(environment, builder, new Operands(), variables, body.instructions()));
        return function;
    }

    private static Type[] variableTypes(Signature signature, FunctionBody body) throws ModuleException {
        Locals locals = body.locals();
        List<Type> parameters = signature.parameters();
        Type[] types = parameters.toArray(new Type[parameters.size() + locals.total()]);
        int next = parameters.size();
        for (int group = 0; group < locals.groups(); group++) {
            int end = next + locals.count(group);
            Arrays.fill(types, next, end, Signature.typeOf(locals.type(group), body.offset()));
            next = end;
        }
        return types;
    }

    private static void translate(Body body) throws IOException, ModuleException {
        InstructionReader instructions = body.instructions();
        Translators translators = new Translators(body);
        ControlTranslator control = translators.control();
        do {
            Opcode opcode = instructions.next();
            body.builder().at((int) instructions.offset());
            if (control.isReachable()) {
                translators.of(opcode).translate(opcode);
            } else {
                control.skip(opcode);
            }
        } while (!instructions.ended());
    }
}
