package dev.llmgateway.api.cache;

/** What operators see of a cache and do with it. Thread safe. */
public interface AnswerCache {

    /**
     * What a cache holds and did since its start.
     *
     * @param bytes the memory of what it holds, estimated
     */
    record Statistics(long entries, long bytes, long maxEntries, long maxBytes, long hits, long misses) {}

    /** As it is now. */
    Statistics statistics();

    /** Forgets one answer; false when there is none of that id. */
    boolean forget(String entry);

    /** Forgets everything; returns how many answers that were. */
    long clear();
}
