package dev.mayfly.compiler;

/** Every switch for finding the compiler's bugs: system properties, read once, all off. */
public final class Debug {

    /** {@code -Dmayfly.compiler.verify=true}: the representation's rules are checked behind the frontend and each pass. */
    public static final boolean VERIFY = Boolean.getBoolean("mayfly.compiler.verify");

    /** {@code -Dmayfly.compiler.dump=name}: the function of that name is written to standard error behind each phase. */
    public static final String DUMP = System.getProperty("mayfly.compiler.dump", "");

    private Debug() {}
}
