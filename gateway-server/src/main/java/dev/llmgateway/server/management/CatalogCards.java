package dev.llmgateway.server.management;

import dev.llmgateway.api.json.Values;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.routing.LiveTtft;
import dev.llmgateway.routing.NameRules;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.Upstream;
import dev.llmgateway.server.catalog.ConfiguredModels;
import dev.llmgateway.server.config.ConfigJson;
import dev.llmgateway.server.config.ModelCardConfig;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /v1/catalog}: shows the cards of the live catalog, and lets operators put their own in their place. Thread safe. */
public final class CatalogCards {

    private static final int USUAL_BYTES = 256 * 1024;

    private final LiveCatalog catalog;
    private final NameRules rules;
    private final LiveTtft ttft;
    private final Consumer<String> changed;
    private final InstantSource clock;
    private volatile @Nullable Cached whole;

    private record Cached(CatalogSnapshot snapshot, LocalDate day, byte[] json) {}

    /**
     * The cards of a catalog.
     *
     * @param rules the names that the configuration gives to models; a card must not lead them nowhere
     * @param ttft what is measured of them
     * @param changed is told the ids of cards that operators put or take back
     */
    public CatalogCards(
            LiveCatalog catalog, NameRules rules, LiveTtft ttft, Consumer<String> changed, InstantSource clock) {
        this.catalog = catalog;
        this.rules = rules;
        this.ttft = ttft;
        this.changed = changed;
        this.clock = clock;
    }

    /**
     * Which cards are to be shown; what is null leaves none out.
     *
     * @param provider a type of provider, or the id of a configured one
     * @param status a word for a state of life
     * @param capability what the model is known to be able to do
     */
    public record Filter(
            @Nullable String provider,
            @Nullable String status,
            @Nullable String capability) {
        boolean isEmpty() {
            return provider == null && status == null && capability == null;
        }
    }

    /** The answer of {@code GET /v1/catalog}. */
    public byte[] list(Filter filter) {
        CatalogSnapshot now = catalog.snapshot();
        LocalDate today = today();
        if (!filter.isEmpty()) {
            return list(now, today, filter);
        }
        Cached known = whole;
        if (known == null || known.snapshot != now || !known.day.equals(today)) {
            known = new Cached(now, today, list(now, today, filter));
            whole = known;
        }
        return known.json;
    }

    private static byte[] list(CatalogSnapshot snapshot, LocalDate today, Filter filter) {
        Lifecycle.Status status =
                word("status", filter.status(), Stream.of(Lifecycle.Status.values()), Lifecycle.Status::word);
        Capability capability =
                word("capability", filter.capability(), Stream.of(Capability.values()), Capability::word);
        CardJson cards = new CardJson(snapshot, today);
        List<ModelCard> shown = snapshot.catalog().cards().stream()
                .filter(card -> filter.provider() == null || isOf(filter.provider(), card, cards))
                .filter(card -> status == null || card.lifecycle().status() == status)
                .filter(card -> capability == null || card.capabilities().has(capability))
                .toList();
        JsonWriter json = new JsonWriter(USUAL_BYTES)
                .object()
                .number("version", snapshot.version())
                .number("count", shown.size())
                .array("models");
        shown.forEach(card -> cards.write(json, card));
        return json.endArray().endObject().toBytes();
    }

    private static boolean isOf(String provider, ModelCard card, CardJson cards) {
        return card.vendor().equals(provider)
                || cards.serving(card).stream()
                        .anyMatch(upstream -> upstream.provider().id().equals(provider));
    }

    /** The answer of {@code GET /v1/catalog/{id}}: the card, and what is measured of it at each provider. */
    public byte[] show(String id) {
        return show(catalog.snapshot(), id);
    }

    private byte[] show(CatalogSnapshot snapshot, String id) {
        ModelCard card = snapshot.catalog().card(id);
        if (card == null) {
            throw UnknownCard.refusal(snapshot.catalog(), id);
        }
        CardJson cards = new CardJson(snapshot, today());
        JsonWriter json = new JsonWriter(4096).object();
        cards.members(json, card);
        json.object("live_ttft_ms");
        for (Upstream upstream : cards.serving(card)) {
            String provider = upstream.provider().id();
            Values.count(json, provider, ttft.medianMillis(provider, card.wireId()));
        }
        return json.endObject().endObject().toBytes();
    }

    /** An operator's card as {@link #show} shows it, and whether there was none of its id before. */
    public record Put(byte[] json, boolean isNew) {}

    /**
     * {@code POST /v1/catalog}: adds a card, or changes in a card what the body says.
     *
     * @param body the members of {@code [[models]]} in the configuration file
     * @throws dev.llmgateway.server.config.ConfigException when it cannot be
     */
    public Put put(byte[] body) {
        ModelCardConfig word = ConfigJson.card(Json.parse(body));
        AtomicBoolean isNew = new AtomicBoolean();
        catalog.put(now -> {
            isNew.set(now.catalog().card(word.id()) == null);
            return ConfiguredModels.card(word, now, rules);
        });
        changed.accept(word.id());
        return new Put(show(word.id()), isNew.get());
    }

    /** {@code DELETE /v1/catalog/{id}}: takes back what operators said; what was there without it shows again. */
    public void remove(String id) {
        if (catalog.drop(id).isPresent()) {
            changed.accept(id);
            return;
        }
        CatalogSnapshot snapshot = catalog.snapshot();
        if (snapshot.catalog().card(id) == null) {
            throw UnknownCard.refusal(snapshot.catalog(), id);
        }
        throw ManagementRefusal.conflict(
                null,
                "the card \"" + id
                        + "\" came with the gateway or from a provider's list, and nothing was changed of it;"
                        + " to keep the model from use, set its lifecycle.status to \"retired\"");
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static <T> @Nullable T word(String name, @Nullable String asked, Stream<T> all, Function<T, String> word) {
        if (asked == null) {
            return null;
        }
        List<T> known = all.toList();
        return known.stream()
                .filter(value -> word.apply(value).equalsIgnoreCase(asked))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestFormatException(
                        name, "must be one of " + known.stream().map(word).collect(Collectors.joining(", "))));
    }
}
