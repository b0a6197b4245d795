package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.regalloc.Location;

/** The text form of a function before register allocation. */
final class MachinePrinter {

    private MachinePrinter() {}

    /** A physical register by its name, a virtual one as {@code v} and a number from 0. */
    static String register(int register, int bytes) {
        return register < Location.FIRST_VIRTUAL
                ? Registers.name(register, bytes)
                : "v" + (register - Location.FIRST_VIRTUAL) + (bytes == 8 ? "" : ":" + bytes);
    }

    static String print(MachineFunction function) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < function.blocks().size(); i++) {
            MachineBlock block = function.blocks().get(i);
            text.append("block").append(i);
            registers(text, block.parameters());
            text.append(":\n");
            for (MachineInstruction instruction : block.instructions()) {
                text.append("    ").append(instruction).append('\n');
            }
            if (block.arguments().length > 0) {
                text.append("    ; passes");
                registers(text, block.arguments());
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static void registers(StringBuilder text, int[] registers) {
        for (int i = 0; i < registers.length; i++) {
            text.append(i == 0 ? "(" : ", ").append(register(registers[i], 8));
        }
        text.append(registers.length == 0 ? "" : ")");
    }
}
