package dev.mayfly.functions;

/** A function has no such version or alias. */
public final class VersionNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public VersionNotFoundException(FunctionName function, VersionSelector selector) {
        super(
                switch (selector) {
                    case VersionSelector.Numbered(int version) ->
                        "Function '" + function + "' has no version " + version + ".";
                    case VersionSelector.Alias(String alias) ->
                        "Function '" + function + "' has no alias '" + alias + "'.";
                });
    }
}
