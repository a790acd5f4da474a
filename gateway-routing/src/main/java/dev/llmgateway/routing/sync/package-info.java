/**
 * Keeps a catalog fresh: asks every provider for its models, all at once and none for longer than the others, and tells
 * what came of it.
 */
@NullMarked
package dev.llmgateway.routing.sync;

import org.jspecify.annotations.NullMarked;
