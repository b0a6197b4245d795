package dev.mayfly.problems;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a JSON body in the client's terms: Jackson's own messages name our classes. */
final class UnreadableBody {

    private UnreadableBody() {}

    static Optional<InvalidField> of(HttpMessageNotReadableException e) {
        return Optional.ofNullable(
                switch (e.getCause()) {
                    case UnrecognizedPropertyException unknown -> new InvalidField(path(unknown), "is not known");
                    case MismatchedInputException mismatch -> new InvalidField(path(mismatch), "has the wrong type");
                    case StreamConstraintsException _ -> new InvalidField("", "the JSON text is too large");
                    case InputCoercionException number -> new InvalidField(path(number), "is no number of its type");
                    case StreamReadException broken ->
                        new InvalidField("", "the body is not well-formed JSON" + at(broken.getLocation()));
                    case DatabindException databind ->
                        new InvalidField(path(databind), "has a value that cannot be read");
                    case null, default -> null;
                });
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null ? "" : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : e.getPath()) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.toString();
    }
}
