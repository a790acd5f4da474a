package dev.llmgateway.api.records;

import dev.llmgateway.api.CacheLookup;
import java.util.Locale;

/** What a cache did for a call. */
public enum CacheResult {
    /** No cache was asked: there is none, or the call did not allow it, or never came so far. */
    OFF,
    MISS,
    HIT,
    SEMANTIC_HIT;

    /** The result as records spell it, such as {@code semantic-hit}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The result of a lookup. */
    public static CacheResult of(CacheLookup found) {
        return switch (found.kind()) {
            case MISS -> MISS;
            case HIT -> HIT;
            case SEMANTIC_HIT -> SEMANTIC_HIT;
        };
    }
}
