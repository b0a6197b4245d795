package dev.mayfly.compiler.interpreter;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.frontend.Frontend;
import dev.mayfly.compiler.frontend.ModuleEnvironment;
import dev.mayfly.compiler.frontend.Signature;
import dev.mayfly.compiler.ssa.Builtin;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.wasm.ConstantExpression;
import dev.mayfly.wasm.ElementSegment;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Import;
import dev.mayfly.wasm.Limits;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.SegmentMode;
import dev.mayfly.wasm.binary.BinaryLimits;
import dev.mayfly.wasm.binary.FunctionBody;
import dev.mayfly.wasm.validation.ModuleValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A module made live (core specification 2.0, section 4.5.4), its functions in the compiler's representation. */
public final class Instance {

    private static final int MAXIMUM_DEPTH = 600;

    private final Linker linker;
    private final Module module;
    private final ModuleEnvironment environment;
    private final List<Callable> functions = new ArrayList<>();
    private final List<Global> globals = new ArrayList<>();
    private final List<LinearMemory> memories = new ArrayList<>();
    private final List<ReferenceTable> tables = new ArrayList<>();
    private final List<byte[]> data = new ArrayList<>();
    private final List<long[]> elements = new ArrayList<>();

    /**
     * Instantiates a module; its start function is run.
     *
     * @param optimizer what becomes of functions between translation and execution
     */
    public Instance(byte[] binary, Linker linker, UnaryOperator<Function> optimizer)
            throws IOException, ModuleException {
        this.linker = linker;
        this.module =
                new ModuleValidator().validate(new ByteArrayInputStream(binary)).module();
        this.environment = new ModuleEnvironment(module);
        module.imports().forEach(this::link);
        Frontend frontend = new Frontend(environment, Frontend.BLOCK_ARGUMENTS);
        for (int i = 0; i < module.bodies().count(); i++) {
            int offset = (int) module.bodies().offset(i);
            byte[] body =
                    Arrays.copyOfRange(binary, offset, offset + module.bodies().size(i));
            Function function = frontend.translate(FunctionBody.of(i, body, offset, BinaryLimits.DEFAULT));
            functions.add(new Compiled(module.functions().get(functions.size()), optimizer.apply(function)));
        }
        allocate(binary);
        initialize();
    }

    private final class Compiled implements Callable {

        private final FunctionType type;
        private final Function function;

        Compiled(FunctionType type, Function function) {
            this.type = type;
            this.function = function;
        }

        @Override
        public FunctionType type() {
            return type;
        }

        @Override
        public long[] call(long[] arguments) {
            return Interpreter.call(Instance.this, function, arguments);
        }
    }

    private void link(Import needed) {
        Object found = linker.find(needed.module(), needed.name());
        boolean fits =
                switch (needed.type()) {
                    case ExternalType.Function type ->
                        found instanceof Callable function
                                && function.type().equals(type.type())
                                && functions.add(function);
                    case ExternalType.Global type ->
                        found instanceof Global global && global.type.equals(type) && globals.add(global);
                    case ExternalType.Memory type ->
                        found instanceof LinearMemory memory
                                && fits(memory.type().limits(), type.limits())
                                && memories.add(memory);
                    case ExternalType.Table type ->
                        found instanceof ReferenceTable table
                                && table.type().elementType() == type.elementType()
                                && fits(table.type().limits(), type.limits())
                                && tables.add(table);
                };
        if (!fits) {
            throw new Linker.LinkException("incompatible import type of " + needed);
        }
    }

    /** Whether what there is satisfies what is asked for. */
    private static boolean fits(Limits is, Limits asked) {
        if (is.minimum() < asked.minimum()) {
            return false;
        }
        long most = is.maximum().orElse(Long.MAX_VALUE);
        return asked.maximum().isEmpty() || most <= asked.maximum().getAsLong();
    }

    private void allocate(byte[] binary) throws IOException, ModuleException {
        for (ConstantExpression initializer : module.globalInitializers()) {
            globals.add(new Global(module.globals().get(globals.size()), evaluate(initializer)));
        }
        while (memories.size() < module.memories().size()) {
            memories.add(new LinearMemory(module.memories().get(memories.size()).limits()));
        }
        while (tables.size() < module.tables().size()) {
            tables.add(new ReferenceTable(module.tables().get(tables.size())));
        }
        for (ElementSegment segment : module.elements()) {
            elements.add(Segments.elements(binary, segment, this));
        }
        module.data().forEach(segment -> data.add(Segments.data(binary, segment)));
    }

    private void initialize() {
        for (int i = 0; i < elements.size(); i++) {
            SegmentMode mode = module.elements().get(i).mode();
            if (mode instanceof SegmentMode.Active active) {
                long to = Integer.toUnsignedLong((int) evaluate(active.offset()));
                table(active.index()).init(elements.get(i), to, 0, elements.get(i).length);
            }
            if (!(mode instanceof SegmentMode.Passive)) {
                elements.set(i, new long[0]);
            }
        }
        for (int i = 0; i < data.size(); i++) {
            if (module.data().get(i).mode() instanceof SegmentMode.Active active) {
                long to = Integer.toUnsignedLong((int) evaluate(active.offset()));
                memory().init(data.get(i), to, 0, data.get(i).length);
                data.set(i, new byte[0]);
            }
        }
        module.start().ifPresent(start -> guarded(function(start), new long[0]));
    }

    /** Everything exported, by name. */
    public Map<String, Object> exports() {
        Map<String, Object> exports = new HashMap<>();
        for (Export export : module.exports()) {
            exports.put(
                    export.name(),
                    switch (export.type()) {
                        case ExternalType.Function type -> function(export.index());
                        case ExternalType.Global type -> global(export.index());
                        case ExternalType.Memory type -> memories.get(export.index());
                        case ExternalType.Table type -> table(export.index());
                    });
        }
        return exports;
    }

    long evaluate(ConstantExpression expression) {
        return switch (expression) {
            case ConstantExpression.I32 constant -> constant.value();
            case ConstantExpression.I64 constant -> constant.value();
            case ConstantExpression.F32 constant -> Integer.toUnsignedLong(constant.bits());
            case ConstantExpression.F64 constant -> constant.bits();
            case ConstantExpression.V128 constant -> throw new UnsupportedOperationException("no vectors");
            case ConstantExpression.NullReference constant -> 0;
            case ConstantExpression.FunctionReference reference -> references().of(function(reference.function()));
            case ConstantExpression.GlobalValue global -> global(global.global()).value;
        };
    }

    /** Calls a function unless calls are too deep. */
    public long[] guarded(Callable function, long[] arguments) {
        if (linker.depth == MAXIMUM_DEPTH) {
            throw new TrapException(TrapCode.STACK_OVERFLOW);
        }
        linker.depth++;
        try {
            return function.call(arguments);
        } finally {
            linker.depth--;
        }
    }

    References references() {
        return linker.references;
    }

    Callable function(int index) {
        return functions.get(index);
    }

    Global global(int index) {
        return globals.get(index);
    }

    LinearMemory memory() {
        return memories.getFirst();
    }

    ReferenceTable table(int index) {
        return tables.get(index);
    }

    /** The number of a function's type in this module; none of it for a type that the module does not know. */
    int typeNumber(Callable function) {
        int index = module.types().indexOf(function.type());
        Signature signature = index < 0 ? null : environment.type(index);
        return signature == null ? -1 : signature.number();
    }

    long builtin(Builtin builtin, long[] arguments) {
        long[] a = new long[5];
        for (int i = 0; i < arguments.length; i++) {
            a[i] = Integer.toUnsignedLong((int) arguments[i]);
        }
        switch (builtin) {
            case MEMORY_GROW -> {
                return memory().grow((int) a[0]);
            }
            case TABLE_GROW -> {
                return table((int) a[0]).grow(arguments[1], (int) a[2]);
            }
            case MEMORY_COPY -> memory().copy(a[0], a[1], a[2]);
            case MEMORY_FILL -> memory().fill(a[0], (byte) a[1], a[2]);
            case MEMORY_INIT -> memory().init(data.get((int) a[0]), a[1], a[2], a[3]);
            case DATA_DROP -> data.set((int) a[0], new byte[0]);
            case TABLE_FILL -> table((int) a[0]).fill(a[1], arguments[2], a[3]);
            case TABLE_COPY -> table((int) a[0]).copy(a[2], table((int) a[1]), a[3], a[4]);
            case TABLE_INIT -> table((int) a[0]).init(elements.get((int) a[1]), a[2], a[3], a[4]);
            case ELEMENT_DROP -> elements.set((int) a[0], new long[0]);
        }
        return 0;
    }
}
