package dev.llmgateway.server.management;

import dev.llmgateway.api.json.Values;
import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.routing.catalog.Capabilities;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Model cards as JSON. What nobody knows is null. Prices are US dollars per million tokens.
 *
 * @param snapshot the version of the catalog that is shown
 * @param today by which retirement is judged, in UTC
 */
record CardJson(CatalogSnapshot snapshot, LocalDate today) {

    /** Writes a card as the next value. */
    void write(JsonWriter json, ModelCard card) {
        json.object();
        members(json, card);
        json.endObject();
    }

    /** Writes the members of a card into the object that is open. */
    void members(JsonWriter json, ModelCard card) {
        json.text("id", card.id()).text("provider", card.vendor());
        List<Upstream> serving = serving(card);
        Values.texts(
                json,
                "served_by",
                serving.stream().map(upstream -> upstream.provider().id()).toList());
        json.text("wire_id", card.wireId()).text("name", card.name()).bool("chats", card.chats());
        Values.count(json, "context_window", card.limits().contextWindow());
        Values.count(json, "max_input_tokens", card.limits().maxInputTokens());
        Values.count(json, "max_output_tokens", card.limits().maxOutputTokens());
        price(json, card.price(), card.priceSource());
        capabilities(json, card.capabilities());
        Values.texts(
                json,
                "classifications",
                classifications(card, serving).stream()
                        .map(DataClassification::word)
                        .toList());
        lifecycle(json, card.lifecycle());
        scores(json, card.scores());
        ModelCard.Ttft ttft = card.ttft();
        if (ttft == null) {
            json.nothing("ttft_ms").nothing("ttft_source");
        } else {
            json.number("ttft_ms", ttft.millis()).text("ttft_source", ttft.source());
        }
    }

    /** The providers that serve it now, in their order of preference. */
    List<Upstream> serving(ModelCard card) {
        return snapshot.upstreams().stream()
                .filter(upstream -> upstream.serves(card) && !snapshot.isDelisted(upstream, card.wireId()))
                .toList();
    }

    /** The levels of data that some provider of the model may see; where nobody serves it, those that one usually may. */
    private static Set<DataClassification> classifications(ModelCard card, List<Upstream> serving) {
        Set<DataClassification> levels = EnumSet.noneOf(DataClassification.class);
        serving.forEach(upstream -> levels.addAll(upstream.authorises(card)));
        if (serving.isEmpty()) {
            levels.addAll(Upstream.usuallyAuthorised(card));
        }
        return levels;
    }

    private static void price(JsonWriter json, @Nullable ModelPrice price, ModelCard.@Nullable PriceSource source) {
        if (price == null) {
            json.nothing("price");
            return;
        }
        json.object("price").number("input", price.input()).number("output", price.output());
        Values.number(json, "cached_input", price.cachedInput());
        Values.number(json, "cache_write", price.cacheWrite());
        Values.number(json, "cache_write_1h", price.cacheWrite1h());
        json.array("tiers");
        for (ModelPrice.Tier tier : price.tiers()) {
            json.object()
                    .number("above_input_tokens", tier.aboveInputTokens())
                    .number("input", tier.input())
                    .number("output", tier.output());
            Values.number(json, "cached_input", tier.cachedInput());
            Values.number(json, "cache_write", tier.cacheWrite());
            json.endObject();
        }
        json.endArray();
        json.textOrNull("source", source == null ? null : source.source());
        Values.text(json, "as_of", source == null ? null : source.asOf());
        json.textOrNull("note", source == null ? null : source.note()).endObject();
    }

    private static void capabilities(JsonWriter json, Capabilities capabilities) {
        json.object("capabilities");
        for (Capability capability : Capability.values()) {
            if (capabilities.knows(capability)) {
                json.bool(capability.word(), capabilities.has(capability));
            } else {
                json.nothing(capability.word());
            }
        }
        json.endObject();
    }

    private void lifecycle(JsonWriter json, Lifecycle life) {
        json.object("lifecycle").text("status", life.status().word()).bool("retired", life.isRetired(today));
        Values.text(json, "retire_on", life.retireOn());
        json.textOrNull("replacement", life.replacement());
        Values.text(json, "retire_not_before", life.retireNotBefore());
        json.textOrNull("note", life.note()).endObject();
    }

    private static void scores(JsonWriter json, Scores scores) {
        json.object("scores");
        scores.byKind().forEach((kind, score) -> {
            json.object(kind.word()).number("value", score.value());
            Values.number(json, "raw", score.raw());
            json.text("source", score.source()).textOrNull("method", score.method());
            json.textOrNull(
                            "confidence",
                            score.confidence() == null
                                    ? null
                                    : score.confidence().word())
                    .endObject();
        });
        json.endObject();
    }
}
