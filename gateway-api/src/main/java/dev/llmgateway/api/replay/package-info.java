/**
 * Answers that are given more than once: {@link dev.llmgateway.api.replay.RecordedAnswer} is one that is complete, and {@link
 * dev.llmgateway.api.replay.SharedAnswer} one that several callers read while it arrives. Caches and idempotency are made of the two.
 */
@NullMarked
package dev.llmgateway.api.replay;

import org.jspecify.annotations.NullMarked;
