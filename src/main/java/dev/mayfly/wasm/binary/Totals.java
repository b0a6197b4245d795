package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleLimitException;

/** What the sections read so far amount to: some must agree with each other, others are limited in sum. */
final class Totals {

    private final BinaryLimits limits;
    private int customSections;
    private int functions;
    private int tables;
    private int globals;
    private int definedFunctions;
    private int bodies;
    private int dataSegments;
    private int dataCount = -1;

    Totals(BinaryLimits limits) {
        this.limits = limits;
    }

    void addCustomSection(long offset) throws ModuleLimitException {
        customSections = add(customSections, 1, "customSections", limits.customSections(), offset);
    }

    void addFunctions(int count, long offset) throws ModuleLimitException {
        functions = add(functions, count, "functions", limits.functions(), offset);
    }

    void addTables(int count, long offset) throws ModuleLimitException {
        tables = add(tables, count, "tables", limits.tables(), offset);
    }

    void addGlobals(int count, long offset) throws ModuleLimitException {
        globals = add(globals, count, "globals", limits.globals(), offset);
    }

    private static int add(int sum, int count, String limit, int maximum, long offset) throws ModuleLimitException {
        if ((long) sum + count > maximum) {
            throw new ModuleLimitException(limit, maximum, (long) sum + count, offset);
        }
        return sum + count;
    }

    void definedFunctions(int count) {
        definedFunctions = count;
    }

    void bodies(int count, long offset) throws MalformedModuleException {
        bodies = count;
        checkBodies(offset);
    }

    void dataCount(int count) {
        dataCount = count;
    }

    boolean dataCounted() {
        return dataCount >= 0;
    }

    void dataSegments(int count, long offset) throws MalformedModuleException {
        dataSegments = count;
        checkData(offset);
    }

    /** Checks at the end of the binary what absent sections may have left open. */
    void check(long offset) throws MalformedModuleException {
        checkBodies(offset);
        checkData(offset);
    }

    private void checkBodies(long offset) throws MalformedModuleException {
        if (bodies != definedFunctions) {
            throw new MalformedModuleException("function and code section have inconsistent lengths", offset);
        }
    }

    private void checkData(long offset) throws MalformedModuleException {
        if (dataCounted() && dataCount != dataSegments) {
            throw new MalformedModuleException("data count and data section have inconsistent lengths", offset);
        }
    }
}
