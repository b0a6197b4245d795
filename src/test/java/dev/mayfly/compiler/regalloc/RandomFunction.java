package dev.mayfly.compiler.regalloc;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes functions in text form, of nested branches and loops over many values, with everything that constrains registers. */
final class RandomFunction {

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final List<StringBuilder> blocks = new ArrayList<>();
    private int values;

    private RandomFunction(long seed) {
        random = new Random(seed);
    }

    static String write(long seed) {
        RandomFunction function = new RandomFunction(seed);
        int entry = function.block("", 0);
        List<String> alive = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            alive.add(function.define(entry, "move", "r" + i));
        }
        alive.add(function.define(entry, "move", "x0"));
        int last = function.statements(entry, alive, 0, 4 + function.random.nextInt(12));
        function.line(last, "return " + function.pick(alive, "v"));
        for (int i = 0; i < function.blocks.size(); i++) {
            function.text.append(function.blocks.get(i));
        }
        return function.text.toString();
    }

    private int block(String parameters, int depth) {
        String head = "block" + blocks.size() + (parameters.isEmpty() ? "" : "(" + parameters + ")");
        blocks.add(new StringBuilder(head + (depth == 0 ? "" : " loop " + depth) + ":\n"));
        return blocks.size() - 1;
    }

    private void line(int block, String line) {
        blocks.get(block).append("  ").append(line).append('\n');
    }

    private String define(int block, String name, String operands) {
        String value = (operands.contains("x") || name.startsWith("f") ? "f" : "v") + values++;
        line(block, name + " =" + value + " " + operands);
        return value;
    }

    private String pick(List<String> alive, String kind) {
        List<String> candidates =
                alive.stream().filter(value -> value.startsWith(kind)).toList();
        return candidates.isEmpty()
                ? (kind.equals("v") ? "r9" : "x9")
                : candidates.get(random.nextInt(candidates.size()));
    }

    private int statements(int first, List<String> alive, int depth, int count) {
        int block = first;
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(depth < 3 ? 16 : 12);
            if (kind < 12) {
                alive.add(operation(block, alive, kind));
            } else if (kind < 14) {
                block = branch(block, alive, depth);
            } else {
                block = loop(block, alive, depth);
            }
        }
        return block;
    }

    private String operation(int block, List<String> alive, int kind) {
        String a = pick(alive, "v");
        String b = pick(alive, "v");
        return switch (kind) {
            case 0 -> shift(block, a, b);
            case 1 -> call(block, a, b);
            case 2 -> divide(block, a, b);
            case 3, 4 -> modify(block, a, b);
            case 5 -> define(block, "fadd", pick(alive, "f") + " ?" + pick(alive, "f"));
            case 6 -> define(block, "fconvert", "!" + a);
            case 7 -> early(block, a, b);
            case 8 -> define(block, "late", "!" + a + " ?" + b);
            case 9 -> define(block, "move", a);
            default -> define(block, "add", a + " ?" + b);
        };
    }

    private String shift(int block, String a, String count) {
        line(block, "move =r1 " + count);
        String result = define(block, "move", a);
        line(block, "shift +" + result + " r1");
        return result;
    }

    private String call(int block, String a, String b) {
        line(block, "move =r0 " + a);
        line(block, "move =r2 " + b);
        line(block, "call =r0 =r1 r0 r2 " + (random.nextBoolean() ? a : ""));
        return define(block, "move", random.nextBoolean() ? "r0" : "r1");
    }

    private String divide(int block, String a, String b) {
        line(block, "move =r0 " + a);
        line(block, "extend =r2 r0");
        line(block, "divide =r0 =r2 r0 r2 " + (random.nextBoolean() ? "?" : "") + b);
        return define(block, "move", random.nextBoolean() ? "r0" : "r2");
    }

    private String modify(int block, String a, String b) {
        String result = define(block, "move", a);
        line(block, "sub +" + result + " ?" + b);
        if (random.nextBoolean()) {
            line(block, "sub +" + result + " " + a);
        }
        return result;
    }

    private String early(int block, String a, String b) {
        String temporary = "v" + values++;
        String result = "v" + values++;
        line(block, "convert =" + result + " =!" + temporary + " " + a + " ?" + b);
        return result;
    }

    private int branch(int block, List<String> alive, int depth) {
        line(block, "branch " + pick(alive, "v") + " block" + blocks.size() + " block" + (blocks.size() + 1));
        int then = block("", depth);
        int otherwise = block("", depth);
        List<String> thenAlive = new ArrayList<>(alive);
        List<String> otherwiseAlive = new ArrayList<>(alive);
        int thenLast = statements(then, thenAlive, depth, random.nextInt(4));
        int otherwiseLast = statements(otherwise, otherwiseAlive, depth, random.nextInt(4));
        List<String> parameters = parameters();
        int join = block(String.join(" ", parameters), depth);
        line(thenLast, "jump block" + join + arguments(thenAlive, parameters));
        line(otherwiseLast, "jump block" + join + arguments(otherwiseAlive, parameters));
        alive.addAll(parameters);
        return join;
    }

    private int loop(int block, List<String> alive, int depth) {
        List<String> parameters = parameters();
        line(block, "jump block" + blocks.size() + arguments(alive, parameters));
        int header = block(String.join(" ", parameters), depth + 1);
        alive.addAll(parameters);
        List<String> inside = new ArrayList<>(alive);
        int last = statements(header, inside, depth + 1, 1 + random.nextInt(5));
        line(last, "branch " + pick(inside, "v") + " block" + blocks.size() + " block" + (blocks.size() + 1));
        int back = block("", depth + 1);
        line(back, "jump block" + header + arguments(inside, parameters));
        alive.clear();
        alive.addAll(inside);
        return block("", depth);
    }

    private List<String> parameters() {
        List<String> parameters = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            parameters.add((random.nextInt(4) == 0 ? "f" : "v") + values++);
        }
        return parameters;
    }

    private String arguments(List<String> alive, List<String> parameters) {
        if (parameters.isEmpty()) {
            return "";
        }
        List<String> arguments = new ArrayList<>();
        for (String parameter : parameters) {
            List<String> candidates = alive.stream()
                    .filter(value -> value.charAt(0) == parameter.charAt(0))
                    .toList();
            arguments.add(candidates.get(random.nextInt(candidates.size())));
        }
        return "(" + String.join(" ", arguments) + ")";
    }
}
