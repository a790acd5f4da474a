/**
 * How good models are, as far as it is said: their scores with what those were before, and what is reported about single
 * answers. Nothing here does anything; a {@code SignalStore} and a {@code ScoreStore} keep it.
 */
@NullMarked
package dev.llmgateway.api.quality;

import org.jspecify.annotations.NullMarked;
