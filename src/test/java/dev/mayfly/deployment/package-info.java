/** What ships beside the jar: the Helm chart, the compose file, the dashboards and the rules. */
@NullMarked
package dev.mayfly.deployment;

import org.jspecify.annotations.NullMarked;
