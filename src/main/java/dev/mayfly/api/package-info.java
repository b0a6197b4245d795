/** What all HTTP resources have in common: how JSON is read, and how the API is described to clients. */
@NullMarked
package dev.mayfly.api;

import org.jspecify.annotations.NullMarked;
