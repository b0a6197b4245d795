package dev.mayfly.compiler.x64;

/**
 * What the processor can do beyond x86-64-v2 (SSE4.2 and {@code popcnt}, which are required).
 *
 * @param countZeros {@code lzcnt} and {@code tzcnt}
 * @param flexibleShifts BMI2: shifts by any register, that change no flags
 */
public record CpuFeatures(boolean countZeros, boolean flexibleShifts) {

    /** Of every processor that is supported. */
    public static final CpuFeatures BASELINE = new CpuFeatures(false, false);

    /** Of all processors since 2015. */
    public static final CpuFeatures V3 = new CpuFeatures(true, true);
}
