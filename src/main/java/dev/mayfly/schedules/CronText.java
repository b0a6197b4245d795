package dev.mayfly.schedules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.scheduling.support.CronExpression;

/**
 * The text of a cron expression: five fields (minute, hour, day of month, month, day of week), six with the second
 * before them, or a macro such as {@code @daily}.
 */
record CronText(String text) {

    static final int MAX_LENGTH = 200;

    private static final List<String> FIELDS =
            List.of("second", "minute", "hour", "day of month", "month", "day of week");
    private static final int HOUR = 2;
    private static final String ANY = "*";
    private static final String HOURLY = "@hourly";

    /** What is wrong with it; empty if nothing is. */
    List<String> violations() {
        if (isMacro()) {
            return isParsed(text.strip()) ? List.of() : List.of("is no macro that is known");
        }
        List<String> fields = fields();
        if (text.length() > MAX_LENGTH || fields.size() != FIELDS.size()) {
            return List.of("must have 5 fields (minute, hour, day of month, month, day of week), or 6 with the second"
                    + " before them, or be a macro such as @daily, and have at most " + MAX_LENGTH + " characters");
        }
        List<String> violations = new ArrayList<>();
        IntStream.range(0, fields.size())
                .filter(field -> !isParsed(alone(fields, field)))
                .forEach(field -> violations.add(
                        "has '" + fields.get(field) + "' as its " + FIELDS.get(field) + ", which is none"));
        return violations;
    }

    /** To be called only where nothing is wrong. */
    CronExpression expression() {
        return CronExpression.parse(isMacro() ? text.strip() : String.join(" ", fields()));
    }

    /** Whether it fires in every hour, or every so many, rather than at hours that are named. */
    boolean anyHour() {
        return isMacro() ? text.strip().equals(HOURLY) : fields().get(HOUR).startsWith(ANY);
    }

    private boolean isMacro() {
        return text.strip().startsWith("@");
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>(Arrays.asList(text.strip().split("\\s+")));
        if (fields.size() == FIELDS.size() - 1) {
            fields.addFirst("0");
        }
        return fields;
    }

    private static String alone(List<String> fields, int field) {
        List<String> others = new ArrayList<>(
                IntStream.range(0, fields.size()).mapToObj(_ -> ANY).toList());
        others.set(field, fields.get(field));
        return String.join(" ", others);
    }

    private static boolean isParsed(String expression) {
        return CronExpression.isValidExpression(expression);
    }
}
