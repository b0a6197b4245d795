package dev.mayfly.performance;

/** One way to run a program: from nothing but what was compiled before to the result. */
interface Contender extends AutoCloseable {

    /** The program's checksum. */
    long run(int amount) throws Exception;

    @Override
    void close();
}
