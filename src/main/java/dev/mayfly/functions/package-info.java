/** Functions, their immutable versions and aliases. */
@NullMarked
package dev.mayfly.functions;

import org.jspecify.annotations.NullMarked;
