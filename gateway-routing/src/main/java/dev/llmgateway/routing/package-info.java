/**
 * Decides which model at which provider answers a request: model names, the catalog and its cards.
 */
@NullMarked
package dev.llmgateway.routing;

import org.jspecify.annotations.NullMarked;
