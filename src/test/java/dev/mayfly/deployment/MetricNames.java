package dev.mayfly.deployment;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the names of metrics in PromQL: the words that are no function, no keyword, no label and no text. */
final class MetricNames {

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern LABELS = Pattern.compile(
            "\\{[^}]*}|\\[[^\\]]*]|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern WORD = Pattern.compile("(?<![a-zA-Z0-9_:])[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Set<String> KEYWORDS =
            Set.of("and", "or", "unless", "by", "without", "on", "ignoring", "bool", "offset");

    private MetricNames() {}

    static Set<String> in(String expr) {
        String bare = LABELS.matcher(STRING.matcher(expr).replaceAll("")).replaceAll(" ");
        Set<String> names = new TreeSet<>();
        for (Matcher words = WORD.matcher(bare); words.find(); ) {
            if (!isCalled(bare, words.end()) && !KEYWORDS.contains(words.group())) {
                names.add(words.group());
            }
        }
        return names;
    }

    private static boolean isCalled(String expr, int end) {
        return expr.substring(end).stripLeading().startsWith("(");
    }
}
