/** Tests of what processes of different versions share: the schema. */
@NullMarked
package dev.mayfly.persistence;

import org.jspecify.annotations.NullMarked;
