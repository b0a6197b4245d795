package dev.mayfly.compiler.ssa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link FunctionPrinter} writes. Blocks and values are numbered anew in the order in which the text defines
 * them, so text that numbers them in that order keeps its numbers. What follows a {@code ;} is a comment.
 */
public final class FunctionParser {

    private static final Pattern HEADER = Pattern.compile("function (\\S+)(?: -> (.+))?");
    private static final Pattern HEAD = Pattern.compile("(block\\d+)(?:\\((.*)\\))?:");
    private static final Pattern DEFINITION = Pattern.compile("(v\\d+):(i32|i64|f32|f64)");
    private static final Pattern INSTRUCTION = Pattern.compile(
            "(?:(v.*?) = )?(?<opcode>[a-z0-9_]+)(?:\\.(?<modifier>[a-z0-9_]+))?(?: (?<operands>[^@]*?))?(?: @(?<position>[0-9a-f]+))?");
    private static final Pattern OPERAND =
            Pattern.compile("(?<value>v\\d+)|(?<block>block\\d+)(?:\\((?<arguments>[^)]*)\\))?|(?<immediate>[^\\s,]+)");

    private static final Map<String, Type> TYPES = byText(Type.values());
    private static final Map<String, Opcode> OPCODES = byText(Opcode.values());

    private final List<String> lines;
    private final Map<String, Integer> blocks = new HashMap<>();
    private final Map<String, Integer> values = new HashMap<>();
    private final List<Unfinished> unfinished = new ArrayList<>();
    private final Function function;

    /** An instruction without its operands, which may be defined further down. */
    private record Unfinished(int instruction, Matcher text) {}

    private FunctionParser(String text) {
        this.lines = text.lines()
                .map(line -> line.replaceFirst(";.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        Matcher header = match(HEADER, lines.getFirst());
        this.function = new Function(header.group(1), List.of(), types(header.group(2)));
    }

    /**
     * Reads one function.
     *
     * @throws IllegalArgumentException if the text has no such form
     */
    public static Function parse(String text) {
        FunctionParser parser = new FunctionParser(text);
        parser.definitions();
        parser.unfinished.forEach(parser::complete);
        return parser.function;
    }

    private void definitions() {
        int block = Blocks.NONE;
        for (String line : lines.subList(1, lines.size())) {
            if (line.endsWith(":")) {
                block = head(match(HEAD, line));
            } else {
                instruction(block, match(INSTRUCTION, line));
            }
        }
    }

    private int head(Matcher text) {
        int block = blocks.isEmpty() ? Function.ENTRY : function.createBlock();
        blocks.put(text.group(1), block);
        Matcher parameters = DEFINITION.matcher(orEmpty(text.group(2)));
        while (parameters.find()) {
            values.put(parameters.group(1), function.addParameter(block, find(TYPES, parameters.group(2))));
        }
        return block;
    }

    private void instruction(int block, Matcher text) {
        int position = text.group("position") == null ? 0 : Integer.parseInt(text.group("position"), 16);
        int instruction = function.createInstruction(find(OPCODES, text.group("opcode")), 0, 0, position);
        function.append(block, instruction);
        Matcher results = DEFINITION.matcher(orEmpty(text.group(1)));
        while (results.find()) {
            values.put(results.group(1), function.addResult(instruction, find(TYPES, results.group(2))));
        }
        unfinished.add(new Unfinished(instruction, text));
    }

    private void complete(Unfinished one) {
        Instructions instructions = function.instructions();
        String immediate = "";
        List<Integer> arguments = new ArrayList<>();
        Matcher operands = OPERAND.matcher(orEmpty(one.text.group("operands")));
        while (operands.find()) {
            if (operands.group("value") != null) {
                arguments.add(find(values, operands.group()));
            } else if (operands.group("block") != null) {
                edge(instructions.block(one.instruction), operands);
            } else {
                immediate = operands.group();
            }
        }
        Type type = accessedType(one.instruction, arguments);
        Opcode opcode = instructions.opcode(one.instruction);
        instructions.rewrite(
                one.instruction,
                opcode,
                immediate.isEmpty() ? 0 : Constants.bits(opcode == Opcode.CONST ? type : Type.I64, immediate),
                Notation.auxiliary(opcode, orEmpty(one.text.group("modifier")), type),
                arguments.stream().mapToInt(Integer::intValue).toArray());
    }

    private Type accessedType(int instruction, List<Integer> arguments) {
        Instructions instructions = function.instructions();
        if (instructions.resultCount(instruction) > 0) {
            return function.values().type(instructions.result(instruction));
        }
        return arguments.isEmpty() ? Type.I32 : function.values().type(arguments.getLast());
    }

    private void edge(int source, Matcher text) {
        int edge = function.addEdge(source, find(blocks, text.group("block")));
        Matcher arguments = OPERAND.matcher(orEmpty(text.group("arguments")));
        while (arguments.find()) {
            function.edges().addArgument(edge, find(values, arguments.group()));
        }
    }

    private static Matcher match(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("cannot read '" + line + "'");
        }
        return matcher;
    }

    private static List<Type> types(@Nullable String text) {
        List<Type> types = new ArrayList<>();
        for (String one : orEmpty(text).split(", *", 0)) {
            if (!one.isEmpty()) {
                types.add(find(TYPES, one));
            }
        }
        return types;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static <T extends Enum<T>> Map<String, T> byText(T[] all) {
        Map<String, T> map = new HashMap<>();
        for (T one : all) {
            map.put(one.toString(), one);
        }
        return map;
    }

    private static <T> T find(Map<String, T> map, String text) {
        T found = map.get(text);
        if (found == null) {
            throw new IllegalArgumentException("unknown '" + text + "'");
        }
        return found;
    }
}
