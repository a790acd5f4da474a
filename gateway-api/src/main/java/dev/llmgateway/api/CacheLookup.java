package dev.llmgateway.api;

import org.jspecify.annotations.Nullable;

/**
 * What a cache knew of a call.
 *
 * @param similarity of the request that was answered before, from 0 to 1; null unless {@link Kind#SEMANTIC_HIT}
 * @param entry the id of the cached answer, by which it can be dropped; null when there is none
 */
public record CacheLookup(
        Kind kind, @Nullable Double similarity, @Nullable String entry) {

    /** Where the answer comes from. */
    public enum Kind {
        /** From a provider; it may be kept. */
        MISS,
        /** From the cache: the same request was answered before. */
        HIT,
        /** From the cache: a similar request was answered before. */
        SEMANTIC_HIT
    }

    /** Nothing was found. */
    public static final CacheLookup MISS = new CacheLookup(Kind.MISS, null, null);

    /** The same request was answered before. */
    public static CacheLookup hit(String entry) {
        return new CacheLookup(Kind.HIT, null, entry);
    }

    /** A similar request was answered before. */
    public static CacheLookup semanticHit(double similarity, String entry) {
        return new CacheLookup(Kind.SEMANTIC_HIT, similarity, entry);
    }
}
