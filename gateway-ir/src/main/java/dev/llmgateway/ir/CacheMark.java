package dev.llmgateway.ir;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the provider to cache the prompt up to and including the marked part (Anthropic's {@code cache_control},
 * OpenAI's {@code prompt_cache_breakpoint}). A mark stays where the caller put it; targets that know none drop it.
 *
 * @param ttl how long, in the vendor's words ({@code 5m}, {@code 1h}; {@code 30m}); null for the vendor's default
 */
public record CacheMark(@Nullable String ttl) {

    private static final Set<String> OPENAI = Set.of("30m", "12h");

    /** Whether a life is asked for that OpenAI does not have; its shortest is longer than five minutes, which so are no loss. */
    public boolean losesTtlAtOpenAi() {
        return ttl != null && !ttl.equals("5m") && ttlAtOpenAi() == null;
    }

    /** The time to live in OpenAI's words; null when it is none of them, so that OpenAI's default applies. */
    public @Nullable String ttlAtOpenAi() {
        return ttl != null && OPENAI.contains(ttl) ? ttl : null;
    }
}
