@NullMarked
package dev.mayfly.invocations.http;

import org.jspecify.annotations.NullMarked;
