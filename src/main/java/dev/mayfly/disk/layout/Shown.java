package dev.mayfly.disk.layout;

import java.util.stream.Collectors;

/** Names from hostile images, made fit for messages. */
public final class Shown {

    private static final int MAX_CHARACTERS = 120;

    private Shown() {}

    /** The text with control characters replaced; of a long one its end. */
    public static String text(String name) {
        String end = name.length() <= MAX_CHARACTERS ? name : "..." + name.substring(name.length() - MAX_CHARACTERS);
        return end.codePoints()
                .map(c -> Character.isISOControl(c) || !Character.isDefined(c) || isSurrogate(c) ? '?' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining("", "'", "'"));
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
