/**
 * The micro-VM: a processor in 64-bit user mode from its first instruction, an image of compiled code, and nothing else;
 * no operating system, no device, no interrupt. {@link dev.mayfly.vmm.Hypervisor} loads a {@link
 * dev.mayfly.vmm.GuestImage} once and opens a {@link dev.mayfly.vmm.Slot} per thread; a slot {@linkplain
 * dev.mayfly.vmm.Slot#prepare prepares} an instance, which runs and is wiped when it is closed.
 *
 * <p>The guest is taken to be hostile from its first instruction. See {@code docs/memory-map.md} for what it sees, and
 * {@code docs/interrupts.md} for how it is ended from outside.
 */
@NullMarked
package dev.mayfly.vmm;

import org.jspecify.annotations.NullMarked;
