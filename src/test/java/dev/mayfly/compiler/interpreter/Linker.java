package dev.mayfly.compiler.interpreter;

import java.util.HashMap;
import java.util.Map;

/** What modules can import, by the names of module and field, and what instances share. */
public final class Linker {

    final References references = new References();
    private final Map<String, Map<String, Object>> modules = new HashMap<>();

    /** How deep calls are now. */
    int depth;

    /** Offers something: a {@link Callable}, {@link Global}, {@link LinearMemory} or {@link ReferenceTable}. */
    public void define(String module, String name, Object thing) {
        modules.computeIfAbsent(module, none -> new HashMap<>()).put(name, thing);
    }

    /** Offers all that an instance exports. */
    public void register(String module, Map<String, Object> exports) {
        modules.put(module, exports);
    }

    Object find(String module, String name) {
        Object found = modules.getOrDefault(module, Map.of()).get(name);
        if (found == null) {
            throw new LinkException("unknown import " + module + " " + name);
        }
        return found;
    }

    /** Something that a module needs is not there, or of another type. */
    public static final class LinkException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LinkException(String message) {
            super(message);
        }
    }
}
