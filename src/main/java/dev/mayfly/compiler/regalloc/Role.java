package dev.mayfly.compiler.regalloc;

/**
 * What an instruction does with an operand, when, and where the operand may be. An instruction has two moments: early,
 * when it reads, and late, when it writes. An operand that is only read shares its register with one that is written,
 * unless one of them says otherwise.
 */
public enum Role {
    /** Read early, from a register. */
    USE,
    /** Read early, from a register or a spill slot. */
    USE_ANYWHERE,
    /** Read until late, from a register: shared with no register that the instruction writes. */
    USE_LATE,
    /** Written late, to a register. */
    DEFINE,
    /** Written late, to a register or a spill slot. */
    DEFINE_ANYWHERE,
    /** Written early, to a register that is shared with none that the instruction reads; also a temporary. */
    DEFINE_EARLY,
    /** Read and then written, in a register. */
    MODIFY;

    boolean reads() {
        return this == USE || this == USE_ANYWHERE || this == USE_LATE || this == MODIFY;
    }

    boolean writes() {
        return this == DEFINE || this == DEFINE_ANYWHERE || this == DEFINE_EARLY || this == MODIFY;
    }

    boolean defines() {
        return writes() && this != MODIFY;
    }

    /** Whether its register can be given to nothing else between the early and the late moment. */
    boolean occupiesAllOfInstruction() {
        return this == USE_LATE || this == DEFINE_EARLY || this == MODIFY;
    }

    boolean needsRegister() {
        return this != USE_ANYWHERE && this != DEFINE_ANYWHERE;
    }
}
