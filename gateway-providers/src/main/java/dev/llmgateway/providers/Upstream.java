package dev.llmgateway.providers;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** What is fixed about a configured provider, with the key that it is called with. Immutable. */
final class Upstream {

    private final String id;
    private final ProviderType type;
    private final Endpoints endpoints;
    private final ApiChoice apis;
    private final Headers headers;
    private final int maxAnswerBytes;
    private final Failures failures;
    private final InstantSource clock;

    Upstream(
            String id,
            ProviderType type,
            ProviderApi api,
            Endpoints endpoints,
            @Nullable String apiKey,
            int maxAnswerBytes,
            InstantSource clock) {
        this.id = id;
        this.type = type;
        this.endpoints = endpoints;
        this.apis = new ApiChoice(type, api, endpoints.hasResponses());
        this.headers = headers(type, apiKey);
        this.maxAnswerBytes = maxAnswerBytes;
        this.failures = new Failures(id, apis.usual(), apiKey, false, clock);
        this.clock = clock;
    }

    private Upstream(Upstream from, String tenantsKey) {
        id = from.id;
        type = from.type;
        endpoints = from.endpoints;
        apis = from.apis;
        headers = headers(type, tenantsKey);
        maxAnswerBytes = from.maxAnswerBytes;
        failures = from.failures.forTenantsKey(tenantsKey);
        clock = from.clock;
    }

    /**
     * The same for a call with a tenant's own key in place of the configured one.
     *
     * @param key null for the configured one
     * @throws IllegalArgumentException when the key has characters that no header can carry; the message does not show it
     */
    Upstream withKey(@Nullable String key) {
        if (key == null) {
            return this;
        }
        if (!HeaderValues.isValid(key)) {
            throw new IllegalArgumentException(
                    "a tenant's key for provider \"" + id + "\" has characters that a key cannot have");
        }
        return new Upstream(this, key);
    }

    /**
     * Answers are asked for uncompressed: they are small or come in small pieces, and to inflate them costs more than to
     * receive them.
     */
    private static Headers headers(ProviderType type, @Nullable String apiKey) {
        Headers.Builder headers =
                new Headers.Builder().add("user-agent", UserAgent.VALUE).add("accept-encoding", "identity");
        if (apiKey != null) {
            headers.add(type.keyHeader().header(), type.keyHeader().value(apiKey));
        }
        return headers.build();
    }

    String id() {
        return id;
    }

    ProviderType type() {
        return type;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    /** The format of model lists and errors. */
    DialectCodec codec() {
        return apis.usual();
    }

    /**
     * Who is called by a request, and how.
     *
     * @param model the model's id on the wire
     */
    SpokenTo target(ChatRequest request, String model) {
        ModelTraits traits = ModelTraitsTable.traits(type, model);
        String wireModel = request.asksForVectors() ? model : endpoints.wireModel(model);
        return new SpokenTo(new Target(id, wireModel, traits), apis.of(request, traits));
    }

    /** The headers of every request, the key's included. */
    Headers headers() {
        return headers;
    }

    /** Upper bound of a complete answer, in bytes. */
    int maxAnswerBytes() {
        return maxAnswerBytes;
    }

    Failures failures() {
        return failures;
    }

    /** Seconds since the epoch. */
    long now() {
        return instant().getEpochSecond();
    }

    Instant instant() {
        return clock.instant();
    }
}
