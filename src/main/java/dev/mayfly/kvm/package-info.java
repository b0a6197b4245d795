/**
 * Linux's virtual machine interface, {@code /dev/kvm}, as handles that mirror the kernel's: {@link dev.mayfly.kvm.Kvm}
 * makes a {@link dev.mayfly.kvm.Vm}, which makes a {@link dev.mayfly.kvm.Vcpu}, whose exits are decoded once, into a
 * {@link dev.mayfly.kvm.VmExit}. Nothing here knows what runs inside.
 *
 * @see <a href="https://docs.kernel.org/virt/kvm/api.html">The Definitive KVM API Documentation</a>
 */
@NullMarked
package dev.mayfly.kvm;

import org.jspecify.annotations.NullMarked;
