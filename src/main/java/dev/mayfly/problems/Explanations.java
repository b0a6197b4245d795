package dev.mayfly.problems;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** What each type of problem means and what to do about it, from {@code explanations.properties}. */
final class Explanations {

    private static final String RESOURCE = "explanations.properties";

    private final Properties texts;

    private Explanations(Properties texts) {
        this.texts = texts;
    }

    static Explanations load() {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Explanations.class.getResourceAsStream(RESOURCE)), StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Explanations(texts);
    }

    /** The text about a type; its title where there is none. */
    String of(ProblemType type) {
        return texts.getProperty(type.id(), type.title() + ".");
    }
}
