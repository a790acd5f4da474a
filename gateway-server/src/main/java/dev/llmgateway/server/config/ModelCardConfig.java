package dev.llmgateway.server.config;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.routing.catalog.Lifecycle.Status;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says about a model: section {@code [[models]]}, or the JSON object of the same members. What is null
 * or left out stays as the catalog has it, or unknown for a model that the catalog does not have.
 *
 * @param id {@code provider/model}, unique in the file
 * @param wireId the provider's own name for it, or null for the part of the id behind the first slash
 * @param limits how much it reads and writes, and how fast
 * @param abilities what it can do and for which data
 * @param price what it costs
 * @param scores how good it is
 * @param lifecycle whether it is to be used
 */
public record ModelCardConfig(
        String id,
        @Nullable String wireId,
        Limits limits,
        Abilities abilities,
        Price price,
        Scores scores,
        Lifecycle lifecycle) {
    private static final int PLENTY = Integer.MAX_VALUE;

    /**
     * How much a model reads and writes, and how fast.
     *
     * @param contextWindow tokens of prompt and answer together
     * @param maxOutputTokens tokens of one answer
     * @param ttftMillis median time to the first token, in milliseconds
     */
    public record Limits(
            @Nullable Integer contextWindow,
            @Nullable Integer maxOutputTokens,
            @Nullable Integer ttftMillis) {}

    /**
     * What a model can do and for which data.
     *
     * @param capabilities all that it can do
     * @param classifications the data that it may see
     */
    public record Abilities(
            @Nullable Set<Capability> capabilities,
            @Nullable Set<DataClassification> classifications) {}

    /**
     * What a model costs, in US dollars per million tokens.
     *
     * @param input prompt tokens
     * @param output answer tokens
     * @param cachedInput prompt tokens that the provider had cached
     * @param cacheWrite prompt tokens that the provider puts into its cache
     * @param tiers other prices for long prompts
     */
    public record Price(
            @Nullable BigDecimal input,
            @Nullable BigDecimal output,
            @Nullable BigDecimal cachedInput,
            @Nullable BigDecimal cacheWrite,
            List<PriceTier> tiers) {
        static Price read(Section price) {
            return new Price(
                    price.dollars("input"),
                    price.dollars("output"),
                    price.dollars("cached_input"),
                    price.dollars("cache_write"),
                    price.sections("tiers", PriceTier::read));
        }
    }

    /**
     * The price of a request whose prompt is longer than a bound.
     *
     * @param aboveInputTokens the bound
     * @param input prompt tokens, or null as below the bound
     * @param output answer tokens, or null as below the bound
     * @param cachedInput prompt tokens that the provider had cached, or null as below the bound
     */
    public record PriceTier(
            int aboveInputTokens,
            @Nullable BigDecimal input,
            @Nullable BigDecimal output,
            @Nullable BigDecimal cachedInput) {
        static PriceTier read(Section tier) {
            if (!tier.has("above_input_tokens")) {
                tier.missing("above_input_tokens", "say from which length of the prompt the price holds");
            }
            return new PriceTier(
                    tier.count("above_input_tokens", 1, 1, PLENTY),
                    tier.dollars("input"),
                    tier.dollars("output"),
                    tier.dollars("cached_input"));
        }
    }

    /**
     * How good a model is, each score 0 to 1 but for the Elo.
     *
     * @param coding at writing code
     * @param reasoning at thinking
     * @param instruction at following instructions
     * @param document at work on documents
     * @param classification at sorting things
     * @param arenaElo its rating by people who compared answers
     */
    public record Scores(
            @Nullable Double coding,
            @Nullable Double reasoning,
            @Nullable Double instruction,
            @Nullable Double document,
            @Nullable Double classification,
            @Nullable Integer arenaElo) {
        static Scores read(Section scores) {
            return new Scores(
                    scores.optionalDecimal("coding", 0, 1),
                    scores.optionalDecimal("reasoning", 0, 1),
                    scores.optionalDecimal("instruction", 0, 1),
                    scores.optionalDecimal("document", 0, 1),
                    scores.optionalDecimal("classification", 0, 1),
                    scores.optionalCount("arena_elo", 0, 4_000));
        }
    }

    /**
     * Whether a model is to be used.
     *
     * @param status where it is in its life
     * @param retireOn the day from which its provider does not serve it
     * @param replacement the model to use then
     */
    public record Lifecycle(
            @Nullable Status status,
            @Nullable LocalDate retireOn,
            @Nullable String replacement) {
        static Lifecycle read(Section lifecycle) {
            return new Lifecycle(
                    lifecycle.optionalWord("status", Status.class),
                    lifecycle.date("retire_on"),
                    lifecycle.optionalText("replacement"));
        }
    }

    static List<ModelCardConfig> readAll(Section file) {
        Set<String> ids = new HashSet<>();
        return file.sections("models", card -> read(card, ids));
    }

    static ModelCardConfig read(Section card, Set<String> ids) {
        return new ModelCardConfig(
                readId(card, ids),
                card.optionalText("wire_id"),
                new Limits(
                        card.optionalCount("context_window", 1, PLENTY),
                        card.optionalCount("max_output_tokens", 1, PLENTY),
                        card.optionalCount("ttft_ms", 0, PLENTY)),
                new Abilities(
                        card.optionalWords("capabilities", Capability.class),
                        card.optionalWords("classifications", DataClassification.class)),
                card.section("price", Price::read),
                card.section("scores", Scores::read),
                card.section("lifecycle", Lifecycle::read));
    }

    private static String readId(Section card, Set<String> ids) {
        String id = card.requiredText("id", "write it as provider/model, as in \"openai/gpt-4o\"");
        if (!id.isEmpty() && !id.matches("[^/\\s]+/\\S+")) {
            card.wrong("id", "is not of the form provider/model", "write it as in \"openai/gpt-4o\"");
        } else if (!id.isEmpty() && !ids.add(id)) {
            card.wrong("id", "is taken by another card", "keep one of them");
        }
        return id;
    }
}
