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
 */
public record ModelInfo(
        String id,
        @Nullable String displayName,
        long created,
        @Nullable String ownedBy,
        @Nullable String shutdownDate) {}
