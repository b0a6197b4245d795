package dev.mayfly.compiler.interpreter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions that there are references to: a reference is a number from one. */
public final class References {

    private final List<Callable> functions = new ArrayList<>();
    private final Map<Callable, Long> numbers = new HashMap<>();

    long of(Callable function) {
        return numbers.computeIfAbsent(function, added -> {
            functions.add(added);
            return (long) functions.size();
        });
    }

    Callable function(long reference) {
        return functions.get((int) reference - 1);
    }
}
