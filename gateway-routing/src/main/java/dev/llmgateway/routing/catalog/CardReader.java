package dev.llmgateway.routing.catalog;

import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.ScoreKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one card of the shipped file.
 *
 * @param sources what the short names of sources stand for
 * @param methods the names of the ways in which scores were made
 */
record CardReader(Map<String, String> sources, Map<String, String> methods) {
    private static final Map<String, Lifecycle.Status> STATUSES =
            byWord(Lifecycle.Status.values(), Lifecycle.Status::word);
    private static final Map<String, Capability> CAPABILITIES = byWord(Capability.values(), Capability::word);
    private static final Map<String, Scores.Confidence> CONFIDENCES =
            byWord(Scores.Confidence.values(), Scores.Confidence::word);
    private static final Map<String, String> SCOPES =
            Map.of("first_party", "", "all_hosts", ", median of all who host the model");

    private record Priced(ModelPrice price, ModelCard.PriceSource source) {}

    private static <T> Map<String, T> byWord(T[] values, Function<T, String> word) {
        return Stream.of(values).collect(Collectors.toUnmodifiableMap(word, Function.identity()));
    }

    ModelCard read(JsonFields card) {
        Priced priced = card.object("price", this::price);
        return ModelCard.builder(card.text("id"), card.text("vendor"), card.text("wire_id"))
                .name(card.text("name"))
                .chats(card.flag("chats", true))
                .limits(limits(card))
                .price(priced.price)
                .priceSource(priced.source)
                .capabilities(card.object("capabilities", CardReader::capabilities))
                .lifecycle(card.object("lifecycle", CardReader::lifecycle))
                .scores(scores(card))
                .ttft(card.optionalObject("ttft", this::ttft))
                .build();
    }

    private static ModelCard.Limits limits(JsonFields card) {
        Long maxOutput = card.optionalCount("max_output_tokens");
        return new ModelCard.Limits(
                card.optionalCount("context_window"),
                card.optionalCount("max_input_tokens"),
                maxOutput == null ? null : Integer.valueOf(Math.toIntExact(maxOutput)));
    }

    private Priced price(JsonFields price) {
        return new Priced(
                new ModelPrice(
                        price.number("input"),
                        price.number("output"),
                        price.optionalNumber("cached_input"),
                        price.optionalNumber("cache_write"),
                        price.optionalNumber("cache_write_1h"),
                        price.objects("tiers", CardReader::tier)),
                new ModelCard.PriceSource(
                        price.word("source", sources), price.date("as_of"), price.optionalText("note")));
    }

    private static ModelPrice.Tier tier(JsonFields tier) {
        return new ModelPrice.Tier(
                tier.count("above_input_tokens"),
                tier.number("input"),
                tier.number("output"),
                tier.optionalNumber("cached_input"),
                tier.optionalNumber("cache_write"));
    }

    private static Capabilities capabilities(JsonFields capabilities) {
        Set<Capability> present = EnumSet.noneOf(Capability.class);
        Set<Capability> absent = EnumSet.noneOf(Capability.class);
        for (Map.Entry<String, Capability> capability : CAPABILITIES.entrySet()) {
            if (capabilities.has(capability.getKey())) {
                (capabilities.flag(capability.getKey()) ? present : absent).add(capability.getValue());
            }
        }
        return new Capabilities(present, absent);
    }

    private static Lifecycle lifecycle(JsonFields lifecycle) {
        return new Lifecycle(
                lifecycle.word("status", STATUSES),
                lifecycle.date("retire_on"),
                lifecycle.optionalText("replacement"),
                lifecycle.date("retire_not_before"),
                lifecycle.optionalText("note"));
    }

    private Scores scores(JsonFields card) {
        Map<ScoreKind, Scores.Score> byKind = new EnumMap<>(ScoreKind.class);
        card.optionalObject("scores", scores -> {
            for (ScoreKind kind : ScoreKind.values()) {
                put(byKind, kind, kind == ScoreKind.ARENA ? null : scores.optionalObject(kind.word(), this::score));
            }
            return byKind;
        });
        put(byKind, ScoreKind.ARENA, card.optionalObject("arena", this::arena));
        return new Scores(byKind);
    }

    private static void put(Map<ScoreKind, Scores.Score> byKind, ScoreKind kind, Scores.@Nullable Score score) {
        if (score != null) {
            byKind.put(kind, score);
        }
    }

    private Scores.Score score(JsonFields score) {
        if (!methods.containsKey(score.text("method"))) {
            throw score.wrong("method", "is none of the head's methods");
        }
        return new Scores.Score(
                score.number("value"),
                score.word("source", sources),
                score.optionalNumber("raw"),
                score.text("method"),
                score.word("confidence", CONFIDENCES));
    }

    private Scores.Score arena(JsonFields arena) {
        return Scores.Score.ofElo(arena.number("text_elo"), arena.word("source", sources));
    }

    private ModelCard.Ttft ttft(JsonFields ttft) {
        String note = ttft.optionalText("note");
        String source = ttft.word("source", sources) + ttft.word("scope", SCOPES);
        return new ModelCard.Ttft(ttft.count("ms"), note == null ? source : source + ", " + note);
    }
}
