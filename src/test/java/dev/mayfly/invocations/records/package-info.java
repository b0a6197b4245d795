@NullMarked
package dev.mayfly.invocations.records;

import org.jspecify.annotations.NullMarked;
