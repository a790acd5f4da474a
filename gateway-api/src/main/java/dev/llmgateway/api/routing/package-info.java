/**
 * The vocabulary of choosing a model: what a call requires, and the decision with all that led to it. Values only;
 * whoever decides implements {@link dev.llmgateway.api.spi.Router}.
 */
@NullMarked
package dev.llmgateway.api.routing;

import org.jspecify.annotations.NullMarked;
