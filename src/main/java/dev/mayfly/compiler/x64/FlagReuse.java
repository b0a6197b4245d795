package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.regalloc.Location;
import java.util.List;

/**
 * Leaves out tests of a register against itself whose answer the flags still hold, since what computed the register has
 * set them. Works on the code in its final order, with registers known.
 */
final class FlagReuse {

    private static final int NONE = -1;

    private final Emission emission;

    /** The register that the flags describe, as an operation of so many bytes has left it. */
    private int register = NONE;

    private int size;

    /** Whether the flags are those of a test, not only zero and sign. */
    private boolean exact;

    FlagReuse(Emission emission) {
        this.emission = emission;
    }

    /** At the start of a block the flags may be anybody's. */
    void forget() {
        register = NONE;
    }

    /** A location has got another value, by a move, which changes no flags. */
    void overwritten(int location) {
        if (location == register) {
            register = NONE;
        }
    }

    /** Looks at the next instruction, and says whether to leave it out. */
    boolean isSuperfluous(List<MachineInstruction> instructions, int index) {
        if (!(instructions.get(index) instanceof Operation operation)) {
            note(instructions.get(index));
            return false;
        }
        int tested = operation.testedRegister(emission);
        if (tested != NONE
                && tested == register
                && operation.size() == size
                && (exact || asksForZero(instructions, index + 1))) {
            return true;
        }
        register = NONE;
        if (operation.setsFlagsByResult()) {
            int result = operation.resultRegister(emission);
            register = Location.isSlot(result) ? NONE : result;
            size = operation.size();
            exact = operation.setsFlagsLikeTest();
        }
        return false;
    }

    private void note(MachineInstruction instruction) {
        if (instruction instanceof Transfers.Copy) {
            overwritten(emission.location(0));
        } else {
            register = NONE;
        }
    }

    private static boolean asksForZero(List<MachineInstruction> instructions, int index) {
        Flags flags =
                switch (instructions.get(index)) {
                    case ControlFlow.Branch branch -> branch.flags();
                    case ControlFlow.TrapIf trap -> trap.flags();
                    default -> Flags.of(Condition.O);
                };
        return flags.parity() == Flags.Parity.ANY
                && (flags.condition() == Condition.E || flags.condition() == Condition.NE);
    }
}
