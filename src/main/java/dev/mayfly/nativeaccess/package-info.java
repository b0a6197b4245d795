/**
 * The few calls of the C library that the engine needs, through {@link java.lang.foreign}: no native code of our own.
 *
 * <p>{@link dev.mayfly.nativeaccess.NativeAccess#probe} says whether they can be had, and if not, what to do. What it
 * hands out works on handles that own what they stand for and refuse to be used once closed: memory is only reached
 * through segments that end before the memory does. The one door that stays open is {@code ioctl} on a structure that
 * itself contains addresses; that is for the {@code kvm} package, which fills those structures from handles alone.
 */
@NullMarked
package dev.mayfly.nativeaccess;

import org.jspecify.annotations.NullMarked;
