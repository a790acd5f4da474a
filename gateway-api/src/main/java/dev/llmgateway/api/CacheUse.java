package dev.llmgateway.api;

/** What a caller allows a cache to do with one call. The names follow HTTP's {@code Cache-Control} of requests (RFC 9111, 5.2.1). */
public enum CacheUse {
    /** Answer from the cache, and keep the answer. */
    NORMAL,
    /** Ask a provider in any case, and keep the answer. */
    NO_CACHE,
    /** Ask a provider in any case, and keep nothing. */
    NO_STORE
}
