package dev.llmgateway.routing.catalog;

import dev.llmgateway.ir.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the cards of a JSON resource. */
final class CatalogFile {

    private CatalogFile() {}

    static List<ModelCard> read(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing beside " + beside.getName());
            }
            return Json.parse(in.readAllBytes())
                    .valueStream()
                    .map(CatalogFile::card)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + resource + " cannot be read", e);
        }
    }

    private static ModelCard card(JsonNode card) {
        return new ModelCard(
                card.required("id").stringValue(),
                card.required("vendor").stringValue(),
                null,
                card.required("wire_id").stringValue(),
                card.required("name").stringValue(),
                new ModelCard.Limits(
                        card.required("context_window").longValue(),
                        null,
                        card.has("max_output_tokens")
                                ? card.get("max_output_tokens").intValue()
                                : null),
                Capabilities.UNKNOWN,
                price(card.get("price")),
                Lifecycle.ACTIVE,
                Scores.UNKNOWN,
                null,
                null);
    }

    private static @Nullable ModelPrice price(@Nullable JsonNode price) {
        if (price == null) {
            return null;
        }
        double input = price.required("input").doubleValue();
        double cacheWrite = price.path("cache_write").doubleValue(input);
        return new ModelPrice(
                input,
                price.required("output").doubleValue(),
                price.path("cached_input").doubleValue(input),
                cacheWrite,
                price.path("cache_write_1h").doubleValue(cacheWrite),
                List.of());
    }
}
