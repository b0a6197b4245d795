/** Which part of Mayfly a process is, and how code says in which parts it runs. */
@NullMarked
package dev.mayfly.roles;

import org.jspecify.annotations.NullMarked;
