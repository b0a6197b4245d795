/** What tests of several packages share: a running application, databases, modules. */
@NullMarked
package dev.mayfly.testing;

import org.jspecify.annotations.NullMarked;
