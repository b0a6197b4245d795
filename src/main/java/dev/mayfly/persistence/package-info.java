/** The database: an embedded one below the data directory unless another is configured. */
@NullMarked
package dev.mayfly.persistence;

import org.jspecify.annotations.NullMarked;
