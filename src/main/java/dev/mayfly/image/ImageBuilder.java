package dev.mayfly.image;

import dev.mayfly.abi.Context;
import dev.mayfly.abi.FunctionDescriptor;
import dev.mayfly.abi.MemoryMap;
import dev.mayfly.abi.SegmentDescriptor;
import dev.mayfly.abi.TableDescriptor;
import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.code.Relocation;
import dev.mayfly.compiler.frontend.ModuleEnvironment;
import dev.mayfly.compiler.frontend.Signature;
import dev.mayfly.compiler.ssa.Builtin;
import dev.mayfly.compiler.x64.Stubs;
import dev.mayfly.vmm.Content;
import dev.mayfly.wasm.ConstantExpression;
import dev.mayfly.wasm.DataSegment;
import dev.mayfly.wasm.ElementSegment;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.Limits;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.SegmentMode;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes an image: code with its stubs, constants (function descriptors and the segments' content), data (context,
 * globals, tables), and what linear memory begins with. Active segments are carried out here, once for all instances.
 */
public final class ImageBuilder {

    private static final int PAGE_64K = 1 << 16;

    /** What 32 bits can address. */
    private static final int MEMORY_PAGES = 1 << 16;

    private final Module module;
    private final ModuleEnvironment environment;
    private final byte[] binary;
    private final ImageLimits limits;
    private final long[] importedGlobals;
    private final Block codeBlock = new Block(MemoryMap.IMAGE);
    private final CodeLayout code;
    private final PageStore dataPages;
    private final PageStore linearPages;
    private final long[] tables;
    private final long[] dataContents;
    private final long[] elementContents;
    private Block constants = codeBlock;
    private Block data = codeBlock;
    private long descriptors;
    private long tableDescriptors;
    private long dataDescriptors;
    private long elementDescriptors;

    /**
     * Prepares an image.
     *
     * @param binary the module's
     * @param importedGlobals the values of imported globals, as bits
     */
    public ImageBuilder(ModuleEnvironment environment, byte[] binary, ImageLimits limits, long... importedGlobals) {
        this.environment = environment;
        this.module = environment.module();
        this.binary = binary;
        this.limits = limits;
        this.importedGlobals = importedGlobals;
        code = new CodeLayout(codeBlock, module.functions().size());
        dataPages = new PageStore(limits);
        linearPages = new PageStore(limits);
        tables = new long[module.tables().size()];
        dataContents = new long[module.data().size()];
        elementContents = new long[module.elements().size()];
    }

    /**
     * Makes the image.
     *
     * @param functions the code of those that are not imported, in order
     * @throws InstantiationTrapException if an active segment does not fit
     * @throws ModuleLimitException if the image would be too large, or a function takes more than fits in the frame
     */
    public Image build(List<CompiledFunction> functions) throws InstantiationTrapException, ModuleLimitException {
        placeCode(functions);
        placeConstants();
        placeData();
        requireRoom();
        codeBlock.fix();
        constants.fix();
        code.write(this::address);
        writeDescriptors();
        putData(data.address() + Context.MEMORY_BYTES, memoryMinimum());
        writeGlobals();
        writeTables();
        writeElements();
        writeDataSegments();
        Image image = new Image(
                codeBlock.part(Content.of(MemorySegment.ofArray(codeBlock.bytes()))),
                constants.part(Content.of(MemorySegment.ofArray(constants.bytes()))),
                data.part(dataPages.contents()),
                new InitialMemory(memoryMinimum(), memoryMaximum(), linearPages.contents()),
                code.addresses(module.importedFunctions()),
                () -> {});
        requireAtMost("imageBytes", limits.imageBytes(), image.bytes());
        return image;
    }

    /** Before memory is taken for what has been placed. */
    private void requireRoom() throws ModuleLimitException {
        requireAtMost("imageSpan", Image.SPAN, data.end() - MemoryMap.IMAGE);
        requireAtMost("imageBytes", limits.imageBytes(), data.address() - MemoryMap.IMAGE);
    }

    private static void requireAtMost(String limit, long maximum, long actual) throws ModuleLimitException {
        if (actual > maximum) {
            throw new ModuleLimitException(limit, maximum, actual, 0);
        }
    }

    private Signature exchanged(int function) throws ModuleLimitException {
        Signature type = environment.function(function);
        requireAtMost("hostCallValues", Context.FRAME_SLOTS, type.parameters().size());
        requireAtMost("hostCallValues", Context.FRAME_SLOTS, type.results().size());
        return type;
    }

    private void placeCode(List<CompiledFunction> functions) throws ModuleLimitException {
        int imported = module.importedFunctions();
        for (int i = 0; i < imported; i++) {
            Signature type = exchanged(i);
            code.addFunction(i, Stubs.ofImport(i, type.parameters(), type.results()));
        }
        for (int i = 0; i < functions.size(); i++) {
            code.addFunction(imported + i, functions.get(i));
        }
        for (int entry : entryFunctions()) {
            Signature type = exchanged(entry);
            code.addEntry(entry, Stubs.ofEntry(entry, type.parameters(), type.results()));
        }
        for (Builtin builtin : Builtin.values()) {
            code.addBuiltin(builtin, Stubs.of(builtin));
        }
    }

    private Set<Integer> entryFunctions() {
        Set<Integer> functions = new TreeSet<>();
        for (Export export : module.exports()) {
            if (export.type() instanceof ExternalType.Function) {
                functions.add(export.index());
            }
        }
        module.start().ifPresent(functions::add);
        return functions;
    }

    private void placeConstants() {
        constants = new Block(codeBlock.end());
        descriptors = constants.allocate(
                (long) module.functions().size() * FunctionDescriptor.BYTES, FunctionDescriptor.BYTES);
        for (int i = 0; i < dataContents.length; i++) {
            if (module.data().get(i).mode() instanceof SegmentMode.Passive) {
                dataContents[i] = constants.allocate(module.data().get(i).size(), Long.BYTES);
            }
        }
        for (int i = 0; i < elementContents.length; i++) {
            elementContents[i] = constants.allocate(
                    (long) module.elements().get(i).count() * TableDescriptor.ELEMENT_BYTES, Long.BYTES);
        }
    }

    private void placeData() {
        data = new Block(constants.end());
        data.allocate(Context.GLOBALS + (long) module.globals().size() * Context.GLOBAL_BYTES, MemoryMap.PAGE);
        tableDescriptors = data.allocate((long) tables.length * TableDescriptor.BYTES, TableDescriptor.BYTES);
        dataDescriptors = data.allocate((long) dataContents.length * SegmentDescriptor.BYTES, Long.BYTES);
        elementDescriptors = data.allocate((long) elementContents.length * SegmentDescriptor.BYTES, Long.BYTES);
        for (int i = 0; i < tables.length; i++) {
            tables[i] = data.allocate(tableCapacity(i) * TableDescriptor.ELEMENT_BYTES, MemoryMap.PAGE);
        }
    }

    private long tableCapacity(int table) {
        Limits declared = module.tables().get(table).limits();
        long maximum = declared.maximum().orElse(limits.tableElements());
        return Math.max(declared.minimum(), Math.min(maximum, limits.tableElements()));
    }

    private long memoryMinimum() {
        return module.memories().isEmpty() ? 0 : memory().minimum() * PAGE_64K;
    }

    private long memoryMaximum() {
        return module.memories().isEmpty() ? 0 : memory().maximum().orElse(MEMORY_PAGES) * PAGE_64K;
    }

    private Limits memory() {
        return module.memories().getFirst().limits();
    }

    private long address(Relocation relocation) {
        int index = relocation.index();
        return switch (relocation.kind()) {
            case FUNCTION -> code.function(index);
            case FUNCTION_DESCRIPTOR -> descriptor(index);
            case BUILTIN -> code.builtin(index);
            case CONTEXT -> data.address();
            case GLOBAL -> global(index);
            case TABLE_SIZE -> tableDescriptors + (long) index * TableDescriptor.BYTES + TableDescriptor.SIZE;
            case TABLE_ELEMENTS -> tables[index];
            case TABLES -> tableDescriptors;
            case DATA_SEGMENTS -> dataDescriptors;
            case ELEMENT_SEGMENTS -> elementDescriptors;
        };
    }

    private long descriptor(int function) {
        return descriptors + (long) function * FunctionDescriptor.BYTES;
    }

    private long global(int index) {
        return data.address() + Context.GLOBALS + (long) index * Context.GLOBAL_BYTES;
    }

    private void writeDescriptors() {
        for (int i = 0; i < module.functions().size(); i++) {
            constants.put64(descriptor(i) + FunctionDescriptor.CODE, code.function(i));
            constants.put32(
                    descriptor(i) + FunctionDescriptor.TYPE,
                    environment.function(i).number());
        }
    }

    private void putData(long address, long value) throws ModuleLimitException {
        dataPages.put64(address - data.address(), value);
    }

    private void writeGlobals() throws ModuleLimitException {
        int imported = module.globals().size() - module.globalInitializers().size();
        for (int i = 0; i < module.globals().size(); i++) {
            putData(
                    global(i),
                    i < imported
                            ? importedGlobals[i]
                            : evaluate(module.globalInitializers().get(i - imported)));
        }
    }

    private long evaluate(ConstantExpression expression) {
        return switch (expression) {
            case ConstantExpression.I32 constant -> Integer.toUnsignedLong(constant.value());
            case ConstantExpression.I64 constant -> constant.value();
            case ConstantExpression.F32 constant -> Integer.toUnsignedLong(constant.bits());
            case ConstantExpression.F64 constant -> constant.bits();
            case ConstantExpression.V128 constant ->
                throw new IllegalArgumentException("vectors are refused before this");
            case ConstantExpression.NullReference constant -> 0;
            case ConstantExpression.FunctionReference reference -> descriptor(reference.function());
            case ConstantExpression.GlobalValue global -> importedGlobals[global.global()];
        };
    }

    private void writeTables() throws ModuleLimitException {
        for (int i = 0; i < tables.length; i++) {
            long at = tableDescriptors + (long) i * TableDescriptor.BYTES;
            putData(at + TableDescriptor.ELEMENTS, tables[i]);
            putData(at + TableDescriptor.SIZE, module.tables().get(i).limits().minimum());
            putData(at + TableDescriptor.CAPACITY, tableCapacity(i));
        }
    }

    private void writeElements() throws InstantiationTrapException, ModuleLimitException {
        for (int i = 0; i < elementContents.length; i++) {
            ElementSegment segment = module.elements().get(i);
            long[] references = new ElementReader(binary, segment).read(this::evaluate);
            long at = elementDescriptors + (long) i * SegmentDescriptor.BYTES;
            boolean passive = segment.mode() instanceof SegmentMode.Passive;
            putData(at + SegmentDescriptor.CONTENT, elementContents[i]);
            putData(at + SegmentDescriptor.LENGTH, passive ? references.length : 0);
            for (int r = 0; r < references.length; r++) {
                constants.put64(elementContents[i] + (long) r * TableDescriptor.ELEMENT_BYTES, references[r]);
            }
            if (segment.mode() instanceof SegmentMode.Active active) {
                fillTable(active, references);
            }
        }
    }

    private void fillTable(SegmentMode.Active active, long[] references)
            throws InstantiationTrapException, ModuleLimitException {
        long start = evaluate(active.offset());
        long size = module.tables().get(active.index()).limits().minimum();
        if (start + references.length > size) {
            throw new InstantiationTrapException(TrapCode.TABLE_OUT_OF_BOUNDS);
        }
        for (int r = 0; r < references.length; r++) {
            putData(tables[active.index()] + (start + r) * TableDescriptor.ELEMENT_BYTES, references[r]);
        }
    }

    private void writeDataSegments() throws InstantiationTrapException, ModuleLimitException {
        for (int i = 0; i < dataContents.length; i++) {
            DataSegment segment = module.data().get(i);
            int from = (int) segment.offset();
            int length = (int) segment.size();
            if (segment.mode() instanceof SegmentMode.Active active) {
                long start = evaluate(active.offset());
                if (start + length > memoryMinimum()) {
                    throw new InstantiationTrapException(TrapCode.MEMORY_OUT_OF_BOUNDS);
                }
                linearPages.write(binary, from, length, start);
            } else {
                long at = dataDescriptors + (long) i * SegmentDescriptor.BYTES;
                putData(at + SegmentDescriptor.CONTENT, dataContents[i]);
                putData(at + SegmentDescriptor.LENGTH, length);
                constants.put(dataContents[i], binary, from, length);
            }
        }
    }
}
