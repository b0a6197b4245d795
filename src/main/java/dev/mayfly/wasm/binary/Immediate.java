package dev.mayfly.wasm.binary;

/** What follows an opcode in the binary, and where {@link InstructionReader} has it after reading. */
public enum Immediate {
    NONE,
    /** {@link InstructionReader#blockType}. */
    BLOCK_TYPE,
    /** A label, function, local, global, table or element segment: {@link InstructionReader#index}. */
    INDEX,
    /** Two of them, in the order of the binary: index and {@link InstructionReader#secondIndex}. */
    INDEX_PAIR,
    /** A data segment: index. */
    DATA_INDEX,
    /** A data segment as index, and a zero byte where a later version names the memory. */
    DATA_INDEX_MEMORY,
    /** A zero byte where a later version names the memory. */
    MEMORY,
    /** Two such bytes. */
    MEMORY_PAIR,
    /** Labels and, as index, the default label: {@link InstructionReader#labelCount}. */
    LABELS,
    /** {@link InstructionReader#typeCount}. */
    TYPES,
    /** {@link InstructionReader#referenceType}. */
    REFERENCE_TYPE,
    /** {@link InstructionReader#alignment} and {@link InstructionReader#memoryOffset}. */
    MEMORY_ARGUMENT,
    /** The same, and a lane as index. */
    MEMORY_ARGUMENT_LANE,
    /** A lane: index. */
    LANE,
    /** Sixteen lanes: {@link InstructionReader#constant} and {@link InstructionReader#constantHigh}, a byte each. */
    LANES,
    /** {@link InstructionReader#constant}, sign-extended. */
    I32,
    I64,
    /** {@link InstructionReader#constant}: the bits. */
    F32,
    F64,
    /** {@link InstructionReader#constant}: bytes 0 to 7; {@link InstructionReader#constantHigh}: bytes 8 to 15. */
    V128
}
