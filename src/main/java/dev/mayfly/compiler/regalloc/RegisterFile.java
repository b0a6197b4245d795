package dev.mayfly.compiler.regalloc;

import java.util.List;

/**
 * The registers of a target.
 *
 * @param general for {@link RegisterClass#GENERAL}, the best first
 * @param floating for {@link RegisterClass#FLOAT}, the best first
 * @param callClobbered what a call destroys, as a set of bits
 * @param scratch holds any value of either class for a moment, while values change places; not to be allocated
 */
public record RegisterFile(List<Integer> general, List<Integer> floating, long callClobbered, int scratch) {

    public RegisterFile {
        general = List.copyOf(general);
        floating = List.copyOf(floating);
    }

    List<Integer> allocatable(RegisterClass registerClass) {
        return registerClass == RegisterClass.GENERAL ? general : floating;
    }

    boolean isCallClobbered(int register) {
        return (callClobbered >>> register & 1) != 0;
    }
}
