package dev.llmgateway.ir;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the provider to cache the prompt up to and including the marked part (Anthropic's {@code cache_control},
 * OpenAI's {@code prompt_cache_breakpoint}). A mark stays where the caller put it; targets that know none drop it.
 *
 * @param ttl how long, in the vendor's words ({@code 5m}, {@code 1h}; {@code 30m}); null for the vendor's default
 * @param isOfMessage whether the caller put it on the whole message; it stands on the message's last part then
 */
public record CacheMark(@Nullable String ttl, boolean isOfMessage) {

    /** The times to live that Anthropic has. */
    public static final Set<String> TTLS_OF_ANTHROPIC = Set.of("5m", "1h");

    private static final Set<String> OPENAI = Set.of("30m", "12h");

    /** A mark that stands where the caller put it. */
    public CacheMark(@Nullable String ttl) {
        this(ttl, false);
    }

    /** Whether a life is asked for that OpenAI does not have; its shortest is longer than five minutes, which so are no loss. */
    public boolean losesTtlAtOpenAi() {
        return ttl != null && !ttl.equals("5m") && ttlAtOpenAi() == null;
    }

    /** The time to live in OpenAI's words; null when it is none of them, so that OpenAI's default applies. */
    public @Nullable String ttlAtOpenAi() {
        return ttl != null && OPENAI.contains(ttl) ? ttl : null;
    }
}
