package dev.llmgateway.routing;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a model at one vendor. Immutable.
 *
 * @param id {@code provider/model}, unique in a catalog
 * @param vendor the type of provider that serves it, as the configuration file spells it ({@code deep_infra})
 * @param wireId the vendor's own name for it
 * @param name a name for people
 * @param contextWindow tokens of prompt and answer together
 * @param maxOutputTokens tokens of one answer; null when unknown
 * @param price what it costs; null when unknown
 */
public record ModelCard(
        String id,
        String vendor,
        String wireId,
        String name,
        long contextWindow,
        @Nullable Integer maxOutputTokens,
        @Nullable ModelPrice price) {

    /** The id without the part before its first slash: {@code gpt-4o} for {@code openai/gpt-4o}. */
    public String plainName() {
        return id.substring(id.indexOf('/') + 1);
    }
}
