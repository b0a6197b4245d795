package dev.mayfly.compiler.regalloc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function in text form. {@code v0} and {@code f0} are virtual registers, of integers and floats; {@code r0} and {@code
 * x0} physical ones. An operand is read; {@code ?} before it means from anywhere, {@code !} until late, {@code +} that it
 * is modified, {@code =} that it is written ({@code =?} to anywhere, {@code =!} early).
 *
 * <pre>
 * block0:
 *   move =v0 r1
 *   jump block1(v0)
 * block1(v1) loop 1:
 *   add =v2 v1 ?v1
 *   branch v2 block2 block3
 * </pre>
 */
record TextFunction(List<TextBlock> blocks, int registerLimit) implements Function {

    private static final int FLOATS = 16;
    private static final Pattern HEAD = Pattern.compile("block(\\d+)(?:\\((.*)\\))?(?: loop (\\d+))?:");
    private static final Pattern TARGET = Pattern.compile("block(\\d+)(?:\\((.*?)\\))?");
    private static final Pattern OPERAND = Pattern.compile("([=?!+]*)([vfrx])(\\d+)");

    private static final Map<String, Role> ROLES = Map.of(
            "", Role.USE,
            "?", Role.USE_ANYWHERE,
            "!", Role.USE_LATE,
            "+", Role.MODIFY,
            "=", Role.DEFINE,
            "=?", Role.DEFINE_ANYWHERE,
            "=!", Role.DEFINE_EARLY);

    record Operand(Role role, int register) {}

    record TextInstruction(String name, List<Operand> operands) implements Instruction {
        @Override
        public int operandCount() {
            return operands.size();
        }

        @Override
        public int register(int operand) {
            return operands.get(operand).register();
        }

        @Override
        public Role role(int operand) {
            return operands.get(operand).role();
        }

        @Override
        public boolean isCall() {
            return name.equals("call");
        }

        @Override
        public boolean isMove() {
            return name.equals("move");
        }
    }

    record TextBlock(
            List<TextInstruction> instructions,
            List<Integer> taken,
            List<Integer> targets,
            List<Integer> passed,
            int loopDepth)
            implements Block {
        @Override
        public int[] successors() {
            return ints(targets);
        }

        @Override
        public int[] parameters() {
            return ints(taken);
        }

        @Override
        public int[] arguments() {
            return ints(passed);
        }
    }

    static TextFunction parse(String text) {
        List<TextBlock> blocks = new ArrayList<>();
        int[] limit = {Location.FIRST_VIRTUAL};
        for (String line :
                text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            Matcher head = HEAD.matcher(line);
            if (head.matches()) {
                int depth = head.group(3) == null ? 0 : Integer.parseInt(head.group(3));
                int[] parameters = head.group(2) == null ? new int[0] : registers(head.group(2));
                Arrays.stream(parameters).forEach(register -> limit[0] = Math.max(limit[0], register + 1));
                blocks.add(new TextBlock(
                        new ArrayList<>(),
                        Arrays.stream(parameters).boxed().toList(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        depth));
            } else {
                TextInstruction instruction = instruction(line, blocks.getLast());
                blocks.getLast().instructions().add(instruction);
                instruction.operands().forEach(operand -> limit[0] = Math.max(limit[0], operand.register() + 1));
            }
        }
        return new TextFunction(blocks, limit[0]);
    }

    private static TextInstruction instruction(String line, TextBlock block) {
        Matcher target = TARGET.matcher(line);
        while (target.find()) {
            block.targets().add(Integer.parseInt(target.group(1)));
            if (target.group(2) != null) {
                Arrays.stream(registers(target.group(2))).forEach(block.passed()::add);
            }
        }
        String own = TARGET.matcher(line).replaceAll("").strip();
        List<Operand> operands = new ArrayList<>();
        Matcher operand = OPERAND.matcher(own.contains(" ") ? own.substring(own.indexOf(' ')) : "");
        while (operand.find()) {
            operands.add(new Operand(
                    Objects.requireNonNull(ROLES.get(operand.group(1))), register(operand.group(2), operand.group(3))));
        }
        return new TextInstruction(own.split(" ", 2)[0], operands);
    }

    private static int[] registers(String text) {
        Matcher operand = OPERAND.matcher(text);
        return operand.results().mapToInt(r -> register(r.group(2), r.group(3))).toArray();
    }

    /** Virtual registers of floats have odd numbers. */
    private static int register(String kind, String number) {
        int n = Integer.parseInt(number);
        return switch (kind) {
            case "r" -> n;
            case "x" -> FLOATS + n;
            case "v" -> Location.FIRST_VIRTUAL + 2 * n;
            default -> Location.FIRST_VIRTUAL + 2 * n + 1;
        };
    }

    @Override
    public RegisterClass registerClass(int virtualRegister) {
        return virtualRegister % 2 == 0 ? RegisterClass.GENERAL : RegisterClass.FLOAT;
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The function as it is after allocation. */
    String print(Allocation allocation) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        int move = 0;
        for (int b = 0; b < blocks.size(); b++) {
            TextBlock block = blocks.get(b);
            text.append("block").append(b).append(":\n");
            for (int i = 0; i < block.instructions().size(); i++) {
                TextInstruction instruction = block.instructions().get(i);
                while (move < allocation.moves().size()
                        && allocation.moves().get(move).instruction() == number) {
                    Move made = allocation.moves().get(move++);
                    text.append("  -> ")
                            .append(name(made.to()))
                            .append(" from ")
                            .append(name(made.from()));
                    text.append('\n');
                }
                text.append("  ").append(instruction.name());
                for (int operand = 0; operand < instruction.operandCount(); operand++) {
                    text.append(' ').append(name(allocation.location(number, operand)));
                }
                if (i == block.instructions().size() - 1) {
                    block.targets().forEach(target -> text.append(" block").append(target));
                }
                text.append('\n');
                number++;
            }
        }
        return text.toString();
    }

    static String name(int location) {
        if (Location.isSlot(location)) {
            return "slot" + Location.slot(location);
        }
        return location < FLOATS ? "r" + location : "x" + (location - FLOATS);
    }
}
