package dev.llmgateway.routing.catalog;

import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.DataClassification;
import java.time.LocalDate;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model at one vendor. Immutable. What nobody knows is null or missing, never a guess.
 *
 * @param id {@code provider/model}, unique in a catalog
 * @param vendor the type of provider that serves it, as the configuration file spells it ({@code deep_infra})
 * @param onlyAt the one configured provider that serves it, by its id; null when every provider of the vendor does
 * @param wireId the vendor's own name for it
 * @param name a name for people
 * @param chats false for what the gateway cannot ask by its vendor's APIs for chats: embedding models, say; such a model is
 *     never chosen by itself
 * @param limits how much it reads and writes
 * @param capabilities what it can do
 * @param price what it costs; null when unknown
 * @param priceSource who says what it costs; null when unknown
 * @param lifecycle whether it is to be used
 * @param scores how good it is
 * @param ttft how quick it is; null when unknown
 * @param classifications the levels of data that it may see; null for the default of its provider
 */
public record ModelCard(
        String id,
        String vendor,
        @Nullable String onlyAt,
        String wireId,
        String name,
        boolean chats,
        Limits limits,
        Capabilities capabilities,
        @Nullable ModelPrice price,
        @Nullable PriceSource priceSource,
        Lifecycle lifecycle,
        Scores scores,
        @Nullable Ttft ttft,
        @Nullable Set<DataClassification> classifications) {

    private static final Pattern ID = Pattern.compile("[^/\\s]+/\\S+");

    /** @throws IllegalArgumentException when the id is not of the form {@code provider/model} */
    public ModelCard {
        if (!isId(id)) {
            throw new IllegalArgumentException("the id \"" + id + "\" is not of the form provider/model");
        }
        classifications = classifications == null ? null : Set.copyOf(classifications);
    }

    /** Whether this is of the form {@code provider/model}. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * Starts a card of which nothing more is known; its name is the wire id.
     *
     * @param id {@code provider/model}
     */
    public static Builder builder(String id, String vendor, String wireId) {
        return new Builder(id, vendor, wireId);
    }

    /** A builder with everything of this card. */
    public Builder toBuilder() {
        Builder copy = new Builder(id, vendor, wireId);
        copy.onlyAt = onlyAt;
        copy.name = name;
        copy.chats = chats;
        copy.limits = limits;
        copy.capabilities = capabilities;
        copy.price = price;
        copy.priceSource = priceSource;
        copy.lifecycle = lifecycle;
        copy.scores = scores;
        copy.ttft = ttft;
        copy.classifications = classifications;
        return copy;
    }

    /** Collects the parts of a {@link ModelCard}. Not thread safe. */
    public static final class Builder {
        private final String id;
        private final String vendor;
        private String wireId;
        private String name;
        private @Nullable String onlyAt;
        private boolean chats = true;
        private Limits limits = Limits.UNKNOWN;
        private Capabilities capabilities = Capabilities.UNKNOWN;
        private @Nullable ModelPrice price;
        private @Nullable PriceSource priceSource;
        private Lifecycle lifecycle = Lifecycle.ACTIVE;
        private Scores scores = Scores.UNKNOWN;
        private @Nullable Ttft ttft;
        private @Nullable Set<DataClassification> classifications;

        private Builder(String id, String vendor, String wireId) {
            this.id = id;
            this.vendor = vendor;
            this.wireId = wireId;
            this.name = wireId;
        }

        public Builder wireId(String value) {
            this.wireId = value;
            return this;
        }

        public Builder onlyAt(@Nullable String value) {
            this.onlyAt = value;
            return this;
        }

        public Builder name(String value) {
            this.name = value;
            return this;
        }

        public Builder chats(boolean value) {
            this.chats = value;
            return this;
        }

        public Builder limits(Limits value) {
            this.limits = value;
            return this;
        }

        public Builder capabilities(Capabilities value) {
            this.capabilities = value;
            return this;
        }

        public Builder price(@Nullable ModelPrice value) {
            this.price = value;
            return this;
        }

        public Builder priceSource(@Nullable PriceSource value) {
            this.priceSource = value;
            return this;
        }

        public Builder lifecycle(Lifecycle value) {
            this.lifecycle = value;
            return this;
        }

        public Builder scores(Scores value) {
            this.scores = value;
            return this;
        }

        public Builder ttft(@Nullable Ttft value) {
            this.ttft = value;
            return this;
        }

        public Builder classifications(@Nullable Set<DataClassification> value) {
            this.classifications = value;
            return this;
        }

        /** @throws IllegalArgumentException when the id is not of the form {@code provider/model} */
        public ModelCard build() {
            return new ModelCard(
                    id,
                    vendor,
                    onlyAt,
                    wireId,
                    name,
                    chats,
                    limits,
                    capabilities,
                    price,
                    priceSource,
                    lifecycle,
                    scores,
                    ttft,
                    classifications);
        }
    }

    /** The id without the part before its first slash: {@code gpt-4o} for {@code openai/gpt-4o}. */
    public String plainName() {
        return id.substring(id.indexOf('/') + 1);
    }

    /**
     * How much a model reads and writes, in tokens.
     *
     * @param contextWindow prompt and answer together; null when unknown
     * @param maxInputTokens the prompt, where less than the window; null when it may fill it, or when unknown
     * @param maxOutputTokens one answer; null when unknown
     */
    public record Limits(
            @Nullable Long contextWindow,
            @Nullable Long maxInputTokens,
            @Nullable Integer maxOutputTokens) {

        /** Nothing is known. */
        public static final Limits UNKNOWN = new Limits(null, null, null);
    }

    /**
     * Who says what a model costs.
     *
     * @param source where the figures come from
     * @param asOf the day from which they are; null when unknown
     * @param note what else there is to say; null for nothing
     */
    public record PriceSource(
            String source,
            @Nullable LocalDate asOf,
            @Nullable String note) {}

    /**
     * Median time to the first token.
     *
     * @param millis without thinking, or with as little as the model allows
     * @param source where the figure comes from
     */
    public record Ttft(long millis, String source) {}
}
