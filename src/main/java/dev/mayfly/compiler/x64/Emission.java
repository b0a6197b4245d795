package dev.mayfly.compiler.x64;

import dev.mayfly.abi.Port;
import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.code.CodeMap;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.regalloc.Allocation;
import dev.mayfly.compiler.regalloc.Location;
import dev.mayfly.compiler.regalloc.Move;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Encodes an allocated function: prologue, blocks with the moves between their instructions, then what runs rarely, the
 * traps, and the constants.
 *
 * <pre>
 * rbp + 16 ...  arguments and results on the stack
 * rbp + 8       return address
 * rbp           the caller's rbp
 * rbp - 8 ...   spill slots
 * rsp ...       what calls pass on the stack
 * </pre>
 */
final class Emission {

    /** Of a spill slot, and of what calls pass on the stack. */
    static final int SLOT_BYTES = 8;

    private static final int STACK_ALIGNMENT = 16;
    private static final int CODE_ALIGNMENT = 16;
    private static final int BREAKPOINT = 0xCC;
    private static final int MAX_FORWARDS = 64;

    private record Trap(TrapCode code, int position) {}

    private record Constant(long low, long high) {}

    private record JumpTable(int label, List<Integer> blocks) {}

    private final MachineFunction function;
    private final Allocation allocation;
    private final Assembler assembler = new Assembler();
    private final CodeMap.Builder map = new CodeMap.Builder();
    private final int[] blockLabels;

    /** Whether a block is left out because it only jumps on. */
    private final boolean[] forwarding;

    private final Map<Trap, Integer> traps = new LinkedHashMap<>();
    private final Map<Constant, Integer> constants = new LinkedHashMap<>();
    private final List<JumpTable> jumpTables = new ArrayList<>();
    private final List<Runnable> rare = new ArrayList<>();
    private final FlagReuse flagReuse = new FlagReuse(this);
    private int[] layout = {};
    private int[] firstInstruction = {};
    private int[] firstMove = {};
    private int frame;
    private int instruction;
    private int move;

    /** Where in the layout the current block is. */
    private int place;

    private Emission(MachineFunction function, Allocation allocation) {
        this.function = function;
        this.allocation = allocation;
        blockLabels = new int[function.blocks().size()];
        forwarding = new boolean[blockLabels.length];
    }

    static CompiledFunction emit(String name, MachineFunction function, Allocation allocation) {
        return new Emission(function, allocation).emit(name);
    }

    private CompiledFunction emit(String name) {
        labelBlocks();
        prologue();
        for (place = 0; place < layout.length; place++) {
            emitBlock(layout[place]);
        }
        // What runs rarely may add to itself.
        for (int i = 0; i < rare.size(); i++) {
            rare.get(i).run();
        }
        traps.forEach(this::emitTrap);
        ShortJumps moved = assembler.shortenJumps();
        emitConstants();
        assembler.link();
        return new CompiledFunction(
                name, assembler.code().toArray(), assembler.relocations(), map.build(moved::offset));
    }

    /** A block that only jumps on is left out, and shares the label of where it jumps to. */
    private void labelBlocks() {
        int first = 0;
        int nextMove = 0;
        firstInstruction = new int[blockLabels.length];
        firstMove = new int[blockLabels.length];
        for (int i = 0; i < blockLabels.length; i++) {
            firstInstruction[i] = first;
            firstMove[i] = nextMove;
            List<MachineInstruction> instructions = function.blocks().get(i).instructions();
            int end = first + instructions.size();
            boolean jumps = i > 0 && instructions.size() == 1 && instructions.getFirst() instanceof ControlFlow.Jump;
            forwarding[i] = jumps && (nextMove == allocation.moves().size() || moveAt(nextMove) >= end);
            while (nextMove < allocation.moves().size() && moveAt(nextMove) < end) {
                nextMove++;
            }
            blockLabels[i] = assembler.newLabel();
            first = end;
        }
        for (int i = 0; i < blockLabels.length; i++) {
            blockLabels[i] = blockLabels[target(i)];
        }
        layout = CodeLayout.of(function.blocks(), this::target);
    }

    private int moveAt(int index) {
        return allocation.moves().get(index).instruction();
    }

    /** Where jumps lead to in the end. A block from which they never end, or only after very many, is kept. */
    private int target(int start) {
        int target = start;
        for (int steps = 0; forwarding[target]; steps++) {
            if (steps == MAX_FORWARDS) {
                forwarding[start] = false;
                return start;
            }
            target = function.blocks().get(target).successors()[0];
        }
        return target;
    }

    private void prologue() {
        assembler.emit(Op.PUSH, 8, 0, Registers.RBP);
        assembler.emit(Op.LOAD, 8, Registers.RBP, Registers.RSP);
        int bytes = (allocation.slotCount() + function.outgoingSlots()) * SLOT_BYTES;
        frame = (bytes + STACK_ALIGNMENT - 1) / STACK_ALIGNMENT * STACK_ALIGNMENT;
        if (frame > 0) {
            assembler.emit(Op.SUBI, 8, 0, Registers.RSP, frame);
        }
    }

    void epilogue() {
        if (frame > 0) {
            assembler.emit(Op.LOAD, 8, Registers.RSP, Registers.RBP);
        }
        assembler.emit(Op.POP, 8, 0, Registers.RBP);
        assembler.ret();
    }

    private void emitBlock(int block) {
        if (forwarding[block]) {
            return;
        }
        assembler.bind(blockLabels[block]);
        flagReuse.forget();
        instruction = firstInstruction[block];
        move = firstMove[block];
        List<MachineInstruction> instructions = function.blocks().get(block).instructions();
        for (int i = 0; i < instructions.size(); i++) {
            while (move < allocation.moves().size()
                    && allocation.moves().get(move).instruction() == instruction) {
                Move made = allocation.moves().get(move++);
                move(made.from(), made.to());
                flagReuse.overwritten(made.to());
            }
            if (!flagReuse.isSuperfluous(instructions, i)) {
                instructions.get(i).emit(this);
            }
            instruction++;
        }
    }

    Assembler assembler() {
        return assembler;
    }

    /** Where an operand of the current instruction is. */
    int location(int operand) {
        return allocation.location(instruction, operand);
    }

    Address slot(int location) {
        return Address.base(Registers.RBP, -SLOT_BYTES * (Location.slot(location) + 1));
    }

    /** Copies 64 bits between registers and slots, without a change of flags. */
    void move(int from, int to) {
        if (from == to) {
            return;
        }
        if (Location.isSlot(from)) {
            load(slot(from), to);
        } else if (Location.isSlot(to)) {
            assembler.emit(Registers.isGeneral(from) ? Op.STORE : Op.STORESD, 8, from, slot(to));
        } else if (Registers.isGeneral(from)) {
            moveGeneral(from, to);
        } else if (Registers.isGeneral(to)) {
            assembler.emit(Op.MOVD_TO, 8, from, to);
        } else {
            assembler.emit(Op.MOVAPS, 4, to, from);
        }
    }

    private void moveGeneral(int from, int to) {
        assembler.emit(Registers.isGeneral(to) ? Op.LOAD : Op.MOVD, 8, to, from);
    }

    private void load(Address from, int to) {
        if (Location.isSlot(to)) {
            assembler.emit(Op.PUSH, 8, 0, from);
            assembler.emit(Op.POP, 8, 0, slot(to));
        } else {
            assembler.emit(Registers.isGeneral(to) ? Op.LOAD : Op.MOVSD, 8, to, from);
        }
    }

    int labelOf(int otherBlock) {
        return blockLabels[otherBlock];
    }

    /** Whether a block's code follows the current block's immediately. */
    boolean isNext(int otherBlock) {
        int next = place + 1;
        while (next < layout.length && forwarding[layout[next]]) {
            next++;
        }
        return next < layout.length && blockLabels[layout[next]] == blockLabels[otherBlock];
    }

    /** The label of code that traps. */
    int trap(TrapCode code, int position) {
        return traps.computeIfAbsent(new Trap(code, position), trap -> assembler.newLabel());
    }

    private void emitTrap(Trap trap, int label) {
        assembler.bind(label);
        assembler.constant(Registers.RAX, trap.code().ordinal());
        map.add(assembler.offset(), CodeMap.Site.TRAP, trap.position());
        assembler.out(Port.TRAP);
    }

    /** Says that the next instruction accesses linear memory. */
    void memoryAccess(int position) {
        map.add(assembler.offset(), CodeMap.Site.MEMORY_ACCESS, position);
    }

    /** Says that the previous instruction was a call. */
    void called(int position) {
        map.add(assembler.offset() - 1, CodeMap.Site.CALL, position);
    }

    /** Code to be placed behind all blocks. It must not contain calls or memory accesses. */
    void rarely(Runnable code) {
        rare.add(code);
    }

    /** The address of 8 bytes with a value. */
    Address constant(long value) {
        return constant(value, 0);
    }

    /** The address of 16 bytes, aligned. */
    Address constant(long low, long high) {
        return Address.of(
                Reference.label(constants.computeIfAbsent(new Constant(low, high), constant -> assembler.newLabel())));
    }

    /** The label of a table with the distance from itself to each of the blocks. */
    int jumpTable(int[] blocks) {
        int label = assembler.newLabel();
        jumpTables.add(new JumpTable(label, Arrays.stream(blocks).boxed().toList()));
        return label;
    }

    private void emitConstants() {
        if (constants.isEmpty() && jumpTables.isEmpty()) {
            return;
        }
        assembler.code().align(CODE_ALIGNMENT, BREAKPOINT);
        constants.forEach((constant, label) -> {
            assembler.bind(label);
            assembler.code().put64(constant.low());
            assembler.code().put64(constant.high());
        });
        for (JumpTable table : jumpTables) {
            assembler.bind(table.label());
            for (int target : table.blocks()) {
                assembler.distance(labelOf(target), table.label());
            }
        }
    }
}
