package dev.mayfly.cluster;

/** Parts of texts that are whole characters: half of one could not be encoded. */
final class Excerpt {

    private Excerpt() {}

    /** The beginning of a text, of so many UTF-16 units at most. */
    static String start(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    /** The end of a text, of so many UTF-16 units at most. */
    static String end(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int from = text.length() - length;
        return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }
}
