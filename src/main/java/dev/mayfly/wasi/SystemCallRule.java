package dev.mayfly.wasi;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens when a guest makes a certain system call. Its text form is {@code allow}, {@code deny:} with the name of an
 * error code in lower case, or {@code trap}.
 */
public sealed interface SystemCallRule {

    /** It is carried out. */
    record Allow() implements SystemCallRule {
        @Override
        public String toString() {
            return "allow";
        }
    }

    /** It fails with an error, without being carried out. */
    record Deny(Errno errno) implements SystemCallRule {

        public Deny {
            if (errno == Errno.SUCCESS) {
                throw new IllegalArgumentException("a denied call cannot succeed");
            }
        }

        @Override
        public String toString() {
            return "deny:" + errno.name().toLowerCase(Locale.ROOT);
        }
    }

    /** It ends the instance. */
    record Trap() implements SystemCallRule {
        @Override
        public String toString() {
            return "trap";
        }
    }

    /** The rule of that text, if there is one; {@code deny} alone means {@code deny:notcapable}. */
    static Optional<SystemCallRule> of(String text) {
        return switch (text) {
            case "allow" -> Optional.of(new Allow());
            case "trap" -> Optional.of(new Trap());
            case "deny" -> Optional.of(new Deny(Errno.NOTCAPABLE));
            default ->
                Arrays.stream(Errno.values())
                        .filter(errno -> errno != Errno.SUCCESS)
                        .<SystemCallRule>map(Deny::new)
                        .filter(rule -> rule.toString().equals(text))
                        .findFirst();
        };
    }

    /** The stricter of the two rules, this one if they are equally strict: to end is stricter than to deny. */
    default SystemCallRule orStricter(SystemCallRule other) {
        return other.strictness() > strictness() ? other : this;
    }

    private int strictness() {
        return switch (this) {
            case Allow _ -> 0;
            case Deny _ -> 1;
            case Trap _ -> 2;
        };
    }
}
