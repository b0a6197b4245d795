package dev.mayfly.image;

/**
 * Which code the compiler makes, and how it is laid out. An image from disk is used only if it was made by the same version: {@link #CURRENT}
 * is increased with every change after which the same module gives another image. A test notices when that was forgotten.
 */
final class CodeVersion {

    static final int CURRENT = 1;

    private CodeVersion() {}
}
