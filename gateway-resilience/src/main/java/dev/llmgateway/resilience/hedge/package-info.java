/**
 * Second requests for calls that must be quick: when there is one, and what all of them together may cost.
 */
@NullMarked
package dev.llmgateway.resilience.hedge;

import org.jspecify.annotations.NullMarked;
