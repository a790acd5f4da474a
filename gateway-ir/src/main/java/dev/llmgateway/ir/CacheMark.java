package dev.llmgateway.ir;

import org.jspecify.annotations.Nullable;

/**
 * Asks the provider to cache the prompt up to and including the marked part (Anthropic's {@code cache_control},
 * OpenAI's {@code prompt_cache_breakpoint}). A mark stays where the caller put it; targets that know none drop it.
 *
 * @param ttl how long, in the vendor's words ({@code 5m}, {@code 1h}); null for the vendor's default
 */
public record CacheMark(@Nullable String ttl) {}
