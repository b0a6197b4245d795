package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.regalloc.Function;
import dev.mayfly.compiler.regalloc.Location;
import dev.mayfly.compiler.regalloc.RegisterClass;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A function as machine instructions over virtual registers. */
final class MachineFunction implements Function {

    private final List<MachineBlock> blocks = new ArrayList<>();
    private final BitSet floats = new BitSet();
    private int registerLimit = Location.FIRST_VIRTUAL;
    private int outgoingSlots;

    int newRegister(RegisterClass registerClass) {
        floats.set(registerLimit, registerClass == RegisterClass.FLOAT);
        return registerLimit++;
    }

    /** Makes room at the end of the frame, 8 bytes each, for what calls pass and get on the stack. */
    void needOutgoingSlots(int slots) {
        outgoingSlots = Math.max(outgoingSlots, slots);
    }

    int outgoingSlots() {
        return outgoingSlots;
    }

    void add(MachineBlock block) {
        blocks.add(block);
    }

    @Override
    public List<MachineBlock> blocks() {
        return blocks;
    }

    @Override
    public int registerLimit() {
        return registerLimit;
    }

    @Override
    public RegisterClass registerClass(int virtualRegister) {
        return floats.get(virtualRegister) ? RegisterClass.FLOAT : RegisterClass.GENERAL;
    }
}
