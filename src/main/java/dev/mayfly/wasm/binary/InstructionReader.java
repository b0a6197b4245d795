package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.UnsupportedModuleException;
import dev.mayfly.wasm.ValueType;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the instructions of one expression after the other (core specification 2.0, section 5.4). {@link #next} reads an
 * instruction with its immediates, which then can be asked for until the next call: nothing is allocated per
 * instruction. Whether an immediate means anything in its instruction is said by {@link Opcode#immediate}.
 *
 * <pre>{@code
 * do {
 *     Opcode opcode = instructions.next();
 *     ...
 * } while (!instructions.ended());
 * }</pre>
 */
public final class InstructionReader {

    private final BinaryReader in;
    private final BinaryLimits limits;
    private final Nesting nesting;
    private boolean dataCounted;

    private long offset;
    private int index;
    private int secondIndex;
    private int alignment;
    private long memoryOffset;
    private long constant;
    private long constantHigh;
    private BlockType blockType = BlockType.EMPTY;
    private ValueType referenceType = ValueType.FUNCREF;
    private int[] labels = new int[16];
    private int labelCount;
    private ValueType[] types = new ValueType[1];
    private int typeCount;

    InstructionReader(BinaryReader in, BinaryLimits limits) {
        this.in = in;
        this.limits = limits;
        this.nesting = new Nesting(limits.nestingDepth());
    }

    /**
     * Reads an expression that is in memory.
     *
     * @param offset of its first byte in the binary
     */
    public static InstructionReader of(byte[] expression, long offset, BinaryLimits limits) {
        InstructionReader instructions = new InstructionReader(new BinaryReader(expression, offset), limits);
        instructions.begin(true);
        return instructions;
    }

    /**
     * Begins an expression at the next byte.
     *
     * @param dataCounted whether the module has a data count section, without which instructions must not name data
     *     segments
     */
    void begin(boolean dataCounted) {
        this.dataCounted = dataCounted;
        nesting.begin();
    }

    /** Reads what is left of the expression. */
    void finish() throws IOException, ModuleException {
        while (!ended()) {
            next();
        }
    }

    /** Whether the {@code end} of the expression has been read. */
    public boolean ended() {
        return nesting.ended();
    }

    /** Reads an instruction and its immediates. */
    public Opcode next() throws IOException, ModuleException {
        offset = in.offset();
        Opcode opcode = opcode();
        switch (opcode.immediate()) {
            case NONE -> structure(opcode);
            case INDEX, LANE -> index = opcode.immediate() == Immediate.LANE ? in.u8() : in.u32();
            case I32 -> constant = in.s32();
            case MEMORY_ARGUMENT -> memoryArgument();
            case BLOCK_TYPE -> open(opcode);
            default -> rare(opcode);
        }
        return opcode;
    }

    private Opcode opcode() throws IOException, MalformedModuleException, UnsupportedModuleException {
        int first = in.u8();
        Opcode plain = Opcode.of(first);
        if (plain != null) {
            return plain;
        }
        if (first == 0xFC || first == 0xFD) {
            return prefixed(first);
        }
        LaterProposals.refuseOpcode(first, offset);
        throw new MalformedModuleException("illegal opcode %02x".formatted(first), offset);
    }

    private Opcode prefixed(int prefix) throws IOException, MalformedModuleException, UnsupportedModuleException {
        int code = in.u32();
        Opcode opcode = Opcode.of(prefix, code);
        if (opcode == null) {
            LaterProposals.refuseOpcode(prefix, code, offset);
            throw new MalformedModuleException("illegal opcode %02x %02x".formatted(prefix, code), offset);
        }
        return opcode;
    }

    private void structure(Opcode opcode) throws MalformedModuleException {
        if (opcode == Opcode.END) {
            nesting.close();
        } else if (opcode == Opcode.ELSE) {
            nesting.middle(offset);
        }
    }

    private void open(Opcode opcode) throws IOException, ModuleException {
        blockType = BlockType.read(in);
        nesting.open(opcode == Opcode.IF, offset);
    }

    private void rare(Opcode opcode) throws IOException, ModuleException {
        switch (opcode.immediate()) {
            case I64 -> constant = in.s64();
            case F32 -> constant = in.fixed32();
            case F64 -> constant = in.fixed64();
            case V128, LANES -> {
                constant = in.fixed64();
                constantHigh = in.fixed64();
            }
            case INDEX_PAIR -> {
                index = in.u32();
                secondIndex = in.u32();
            }
            case MEMORY_ARGUMENT_LANE -> {
                memoryArgument();
                index = in.u8();
            }
            case LABELS -> labels();
            case TYPES -> types();
            case REFERENCE_TYPE -> referenceType = TypeFormat.referenceType(in);
            case DATA_INDEX -> dataIndex();
            case DATA_INDEX_MEMORY -> {
                dataIndex();
                zeroByte();
            }
            case MEMORY -> zeroByte();
            case MEMORY_PAIR -> {
                zeroByte();
                zeroByte();
            }
            default -> throw new IllegalStateException("no way to read the immediates of " + opcode);
        }
    }

    private void memoryArgument() throws IOException, MalformedModuleException {
        alignment = in.u32();
        if (alignment < 0 || alignment >= Integer.SIZE) {
            throw new MalformedModuleException("malformed memop flags", offset);
        }
        memoryOffset = Integer.toUnsignedLong(in.u32());
    }

    private void dataIndex() throws IOException, MalformedModuleException {
        index = in.u32();
        if (!dataCounted) {
            throw new MalformedModuleException("data count section required", offset);
        }
    }

    private void zeroByte() throws IOException, MalformedModuleException {
        if (in.u8() != 0) {
            throw new MalformedModuleException("zero byte expected", in.offset() - 1);
        }
    }

    private void labels() throws IOException, MalformedModuleException {
        int count = vector();
        labelCount = 0;
        while (labelCount < count) {
            int label = in.u32();
            if (labelCount == labels.length) {
                labels = Arrays.copyOf(labels, labelCount * 2);
            }
            labels[labelCount++] = label;
        }
        index = in.u32();
    }

    private void types() throws IOException, ModuleException {
        int count = vector();
        if (count > limits.results()) {
            throw new ModuleLimitException("results", limits.results(), count, offset);
        }
        types = new ValueType[count];
        for (typeCount = 0; typeCount < count; typeCount++) {
            types[typeCount] = TypeFormat.valueType(in);
        }
    }

    /** The length of a vector whose elements take a byte each at least. */
    private int vector() throws IOException, MalformedModuleException {
        int count = in.u32();
        if (Integer.toUnsignedLong(count) > in.remaining()) {
            throw new MalformedModuleException("unexpected end of section or function", offset);
        }
        return count;
    }

    /** Where the instruction stands, in bytes from the start of the binary. */
    public long offset() {
        return offset;
    }

    /** Where the next instruction stands. */
    public long position() {
        return in.offset();
    }

    /** The (first) index, an unsigned number; the default label of a {@code br_table}; a lane. */
    public int index() {
        return index;
    }

    public int secondIndex() {
        return secondIndex;
    }

    /** The type of a block, loop or if. */
    public BlockType blockType() {
        return blockType;
    }

    /** How many labels a {@code br_table} has besides the default. */
    public int labelCount() {
        return labelCount;
    }

    public int label(int i) {
        return labels[i];
    }

    /** How many types a {@code select} is annotated with. */
    public int typeCount() {
        return typeCount;
    }

    public ValueType type(int i) {
        return types[i];
    }

    public ValueType referenceType() {
        return referenceType;
    }

    /** The promised alignment of an access as an exponent of two, from 0 to 31. */
    public int alignment() {
        return alignment;
    }

    /** What is added to the address of an access, an unsigned 32-bit number. */
    public long memoryOffset() {
        return memoryOffset;
    }

    /** A constant; what its bits mean is said by {@link Immediate}. */
    public long constant() {
        return constant;
    }

    /** Bytes 8 to 15 of a vector. */
    public long constantHigh() {
        return constantHigh;
    }
}
