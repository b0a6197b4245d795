package dev.mayfly.compiler;

import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.frontend.Frontend;
import dev.mayfly.compiler.frontend.ModuleEnvironment;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.binary.BinaryLimits;
import dev.mayfly.wasm.binary.FunctionBody;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * Compiles the functions of validated modules. Each function is compiled on its own, several at once; what comes out
 * depends on the module alone, not on which thread did what when.
 */
public final class Compiler {

    private final Backend backend;
    private final BinaryLimits limits;
    private final int blockArguments;
    private final ExecutorService executor;
    private final int parallelism;

    /**
     * Makes a compiler.
     *
     * @param limits those that modules were validated with
     * @param blockArguments how complex a function may be, see {@link Frontend#BLOCK_ARGUMENTS}
     * @param executor runs what is compiled at the same time
     * @param parallelism how many functions that is at most
     */
    public Compiler(
            Backend backend, BinaryLimits limits, int blockArguments, ExecutorService executor, int parallelism) {
        this.backend = backend;
        this.limits = limits;
        this.blockArguments = blockArguments;
        this.executor = executor;
        this.parallelism = parallelism;
    }

    /**
     * Compiles all functions that a module defines.
     *
     * @param binary the same that the module was decoded from
     * @return the functions in the order of the module, without the imported ones
     * @throws ModuleException if a function uses what the compiler does not have, or is too complex: the first such one
     * @throws IOException if the binary cannot be read
     * @throws InterruptedException if the thread was interrupted; what still runs then stops with its function
     */
    public List<CompiledFunction> compile(Module module, BinarySource binary)
            throws IOException, ModuleException, InterruptedException {
        Frontend frontend = new Frontend(new ModuleEnvironment(module), blockArguments);
        CompileJob job = new CompileJob(module.bodies().count(), body -> compile(frontend, read(module, binary, body)));
        return job.run(executor, parallelism);
    }

    private CompiledFunction compile(Frontend frontend, FunctionBody body) throws IOException, ModuleException {
        Function function = frontend.translate(body);
        Optimizer.run(function);
        return backend.generate(function);
    }

    private FunctionBody read(Module module, BinarySource binary, int body) throws IOException, ModuleException {
        long offset = module.bodies().offset(body);
        byte[] bytes = binary.read(offset, module.bodies().size(body));
        return FunctionBody.of(body, bytes, offset, limits);
    }
}
