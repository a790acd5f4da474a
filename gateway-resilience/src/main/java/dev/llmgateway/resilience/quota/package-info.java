/**
 * What may be asked of each provider: requests and tokens per minute as configured, and what the provider itself says in the
 * headers of its answers.
 */
@NullMarked
package dev.llmgateway.resilience.quota;

import org.jspecify.annotations.NullMarked;
