/**
 * Answers from memory instead of from a provider: {@link dev.llmgateway.api.cache.ExactCache} answers a request that was answered
 * before, and lets equal requests that come at the same time share one call.
 */
@NullMarked
package dev.llmgateway.api.cache;

import org.jspecify.annotations.NullMarked;
