/** What tests of several packages share. */
@NullMarked
package dev.mayfly.testsupport;

import org.jspecify.annotations.NullMarked;
