/**
 * Everything that compiled code and its host must agree on: where things are in a guest's address space, the context
 * that both read and write, the ports that leave the guest, and the codes of traps. Nothing else knows these numbers.
 */
@NullMarked
package dev.mayfly.abi;

import org.jspecify.annotations.NullMarked;
