package dev.mayfly.compiler.regalloc;

/**
 * Copies a value from one location to another, immediately before an instruction.
 *
 * @param instruction its number, in the order of the code
 */
public record Move(int instruction, int from, int to) {}
