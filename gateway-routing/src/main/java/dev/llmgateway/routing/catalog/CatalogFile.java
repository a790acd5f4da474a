package dev.llmgateway.routing.catalog;

import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.ir.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Reads a file of cards: an object of {@code sources} and {@code methods}, whose short names the cards use, and
 * {@code models}, the cards. Everything in it must be as it is expected to be.
 */
final class CatalogFile {
    private final JsonNode file;
    private final CardReader reader;
    private final Map<String, String> heirs = new HashMap<>();

    private CatalogFile(JsonNode file) {
        this.file = file;
        this.reader = new CardReader(
                names(file.required("sources"), CatalogFile::source),
                names(file.required("methods"), JsonNode::stringValue));
    }

    /** @throws IllegalArgumentException with the card and the field that is wrong */
    static List<ModelCard> read(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing beside " + beside.getName());
            }
            return parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + resource + " cannot be read", e);
        }
    }

    static List<ModelCard> parse(byte[] json) {
        return new CatalogFile(Json.parse(json)).cards();
    }

    private static Map<String, String> names(JsonNode head, Function<JsonNode, String> text) {
        return head.properties().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> text.apply(entry.getValue())));
    }

    private static String source(JsonNode source) {
        return JsonFields.read("a source", source, fields -> fields.text("name") + ", " + fields.text("date"));
    }

    private List<ModelCard> cards() {
        Map<String, ModelCard> byId = new HashMap<>();
        List<ModelCard> cards = new ArrayList<>();
        for (JsonNode node : file.required("models")) {
            String id = node.path("id").stringValue("without an id");
            ModelCard card = JsonFields.read("card " + id, node, this::card);
            byId.put(id, card);
            cards.add(card);
        }
        cards.replaceAll(card -> withInherited(card, byId));
        return cards;
    }

    private ModelCard card(JsonFields fields) {
        String from = fields.optionalText("inherits_scores_from");
        if (from != null) {
            heirs.put(fields.text("id"), from);
        }
        return reader.read(fields);
    }

    /** The card with its predecessor's scores where it has none of its own. */
    private ModelCard withInherited(ModelCard card, Map<String, ModelCard> byId) {
        String from = heirs.get(card.id());
        if (from == null) {
            return card;
        }
        ModelCard predecessor = byId.get(from);
        if (predecessor == null || heirs.containsKey(from)) {
            throw new IllegalArgumentException("card " + card.id() + ": the field \"inherits_scores_from\" must name a"
                    + " card of this file that does not inherit itself");
        }
        Map<ScoreKind, Scores.Score> scores = new EnumMap<>(ScoreKind.class);
        predecessor.scores().byKind().forEach((kind, score) -> scores.put(kind, score.inheritedFrom(from)));
        scores.putAll(card.scores().byKind());
        return card.toBuilder().scores(new Scores(scores)).build();
    }
}
