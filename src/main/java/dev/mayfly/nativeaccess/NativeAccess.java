package dev.mayfly.nativeaccess;

import java.util.Locale;

/** Whether this process can call the operating system directly. */
public sealed interface NativeAccess {

    /** It can. */
    record Available(Linux linux) implements NativeAccess {}

    /**
     * It cannot.
     *
     * @param remedy one line for an operator: why, and exactly what to do about it
     */
    record Unavailable(String remedy) implements NativeAccess {}

    /** Finds out. The answer does not change while the process runs. */
    static NativeAccess probe() {
        return probe(
                System.getProperty("os.name", ""),
                System.getProperty("os.arch", ""),
                NativeAccess.class.getModule().isNativeAccessEnabled());
    }

    /** The same for a given platform. */
    static NativeAccess probe(String system, String architecture, boolean enabled) {
        if (!system.equals("Linux")) {
            return new Unavailable("the micro-VM engine needs Linux, and this is " + system + ": run it on Linux");
        }
        if (!architecture.toLowerCase(Locale.ROOT).equals("amd64")) {
            return new Unavailable("the micro-VM engine needs an x86-64 processor and JDK, and this is " + architecture
                    + ": run it on x86-64");
        }
        if (!enabled) {
            return new Unavailable("native access is switched off: start the JVM with"
                    + " --enable-native-access=ALL-UNNAMED (java -jar grants it by the jar's manifest)");
        }
        return bind();
    }

    private static NativeAccess bind() {
        try {
            return new Available(new Linux(new ForeignLibC()));
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            // Binding is in the initializer, which fails but once; after that the class counts as not there.
            return new Unavailable("the C library lacks a function that the micro-VM engine needs: run it on a system"
                    + " with glibc 2.30 or newer");
        }
    }
}
