/** Who may call what: API keys, and the refusal to listen openly without them. */
@NullMarked
package dev.mayfly.access;

import org.jspecify.annotations.NullMarked;
