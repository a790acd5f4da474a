package dev.llmgateway.ir.codec;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a model list.
 *
 * @param id the model's id
 * @param displayName a name for people, or null
 * @param created seconds since the epoch, 0 when unknown
 * @param ownedBy who offers it, or null
 * @param shutdownDate the announced end of life as the vendor writes it (ISO 8601), or null
 * @param contextWindow tokens that it reads at most, or null when the list does not say
 * @param maxOutputTokens tokens of one answer at most, or null when the list does not say
 */
public record ModelInfo(
        String id,
        @Nullable String displayName,
        long created,
        @Nullable String ownedBy,
        @Nullable String shutdownDate,
        @Nullable Long contextWindow,
        @Nullable Integer maxOutputTokens) {

    /** An entry that does not say how much the model reads and writes. */
    public ModelInfo(
            String id,
            @Nullable String displayName,
            long created,
            @Nullable String ownedBy,
            @Nullable String shutdownDate) {
        this(id, displayName, created, ownedBy, shutdownDate, null, null);
    }

    /** The same entry under another id. */
    public ModelInfo withId(String other) {
        return new ModelInfo(other, displayName, created, ownedBy, shutdownDate, contextWindow, maxOutputTokens);
    }
}
