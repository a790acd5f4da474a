/**
 * Leaves alone what fails too often: a circuit breaker for any call of any application, and the stage that puts one before
 * every model of every provider. Providers that ask to be left alone for a while are, too.
 */
@NullMarked
package dev.llmgateway.resilience.circuit;

import org.jspecify.annotations.NullMarked;
