/**
 * What is known of the models: cards with limits, prices, capabilities and scores, and the providers that serve them.
 */
@NullMarked
package dev.llmgateway.routing.catalog;

import org.jspecify.annotations.NullMarked;
