package dev.llmgateway.server.management;

import dev.llmgateway.api.json.Values;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.providers.ForbiddenAddresses;
import dev.llmgateway.resilience.circuit.Breakers;
import dev.llmgateway.resilience.quota.ProviderQuotas;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.server.config.ConfigJson;
import dev.llmgateway.server.config.ProviderConfig;
import dev.llmgateway.server.config.ResilienceConfig;
import dev.llmgateway.server.config.Secret;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/providers}: shows the providers, adds and removes them. Keys go in and never come out. What is changed here
 * is not written to the configuration file.
 */
public final class ProviderList {

    private final ProviderRegistry registry;
    private final LiveCatalog catalog;
    private final Breakers breakers;
    private final @Nullable ProviderQuotas quotas;
    private final ResilienceConfig resilience;
    private final InstantSource clock;

    /**
     * A list.
     *
     * @param breakers how far they are trusted
     * @param quotas how much may be asked of them; null when that is not watched
     * @param resilience what holds for a new provider that says nothing else
     */
    public ProviderList(
            ProviderRegistry registry,
            LiveCatalog catalog,
            Breakers breakers,
            @Nullable ProviderQuotas quotas,
            ResilienceConfig resilience,
            InstantSource clock) {
        this.registry = registry;
        this.catalog = catalog;
        this.breakers = breakers;
        this.quotas = quotas;
        this.resilience = resilience;
        this.clock = clock;
    }

    /** The answer of {@code GET /v1/providers}: all of them, in their order of preference. */
    public byte[] all() {
        JsonWriter json = new JsonWriter(2048).object().array("providers");
        int order = 0;
        for (ProviderRegistry.Entry entry : registry.all()) {
            boolean enabled = entry.upstream() != null;
            order += enabled ? 1 : 0;
            write(json, entry, enabled ? order : null);
        }
        return json.endArray().endObject().toBytes();
    }

    /**
     * {@code POST /v1/providers}: adds a provider behind the others.
     *
     * @param body the members of {@code [[providers]]} in the configuration file
     * @param isThisGateway whether an address is the gateway's own
     * @return the provider as {@link #all} shows it
     */
    public byte[] add(byte[] body, Predicate<URI> isThisGateway) {
        ProviderConfig config = ConfigJson.provider(Json.parse(body), resilience);
        requirePlainKey(config.connection().apiKey());
        if (config.connection().endpoint() != null) {
            requireUsable(config.connection().endpoint(), isThisGateway);
        }
        if (!isAdded(config)) {
            throw ManagementRefusal.conflict(
                    "id",
                    "id: there is a provider \"" + config.id() + "\" already; remove it first, or use another id");
        }
        forget(config.id());
        JsonWriter json = new JsonWriter();
        ProviderRegistry.Entry added = registry.find(config.id()).orElseThrow(() -> unknown(config.id()));
        write(json, added, added.upstream() == null ? null : orderOf(config.id()));
        return json.toBytes();
    }

    /** {@code DELETE /v1/providers/{id}}: takes a provider out; calls that it serves go on to their end. */
    public void remove(String id) {
        if (!registry.remove(id)) {
            throw unknown(id);
        }
        forget(id);
    }

    /** Calls that outlived the provider may have told of it once more, so it is forgotten when it comes, too. */
    private void forget(String id) {
        breakers.forget(id);
        if (quotas != null) {
            quotas.forget(id);
        }
    }

    private boolean isAdded(ProviderConfig config) {
        try {
            return registry.addAtRuntime(config);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestFormatException(null, String.valueOf(e.getMessage()));
        }
    }

    private int orderOf(String id) {
        int order = 0;
        for (ProviderRegistry.Entry entry : registry.all()) {
            order += entry.upstream() == null ? 0 : 1;
            if (entry.config().id().equals(id)) {
                break;
            }
        }
        return order;
    }

    /** Variables are not replaced here: whoever may call could read the environment by sending them to a server of theirs. */
    private static void requirePlainKey(@Nullable Secret key) {
        if (key != null && key.reveal().startsWith("${")) {
            throw new InvalidRequestFormatException(
                    "api_key",
                    "variables of the environment are replaced in the configuration file only: send the key");
        }
    }

    private static void requireUsable(URI endpoint, Predicate<URI> isThisGateway) {
        if (isThisGateway.test(endpoint)) {
            throw new InvalidRequestFormatException(
                    "endpoint", "is this gateway's own address; it must be the provider's");
        }
        if (ForbiddenAddresses.has(host(endpoint))) {
            throw new InvalidRequestFormatException(
                    "endpoint", "is a link-local or metadata address, which providers must not have");
        }
    }

    /** Names with an underscore are hosts too, though not by the letter of the rules for URIs. */
    private static String host(URI endpoint) {
        String host = endpoint.getHost();
        return host == null ? endpoint.getRawAuthority().replaceFirst(":[0-9]*$", "") : host;
    }

    private void write(JsonWriter json, ProviderRegistry.Entry entry, @Nullable Integer order) {
        ProviderConfig config = entry.config();
        json.object()
                .text("id", config.id())
                .text("provider_type", config.type().word());
        json.textOrNull("endpoint", shown(config)).bool("enabled", config.enabled());
        json.bool("has_api_key", config.connection().apiKey() != null);
        json.textOrNull("deployment", config.connection().deployment())
                .textOrNull("api_version", config.connection().apiVersion())
                .text("api", config.connection().api().word());
        json.textOrNull(
                "max_classification",
                config.maxClassification() == null
                        ? null
                        : config.maxClassification().word());
        json.text("source", entry.source().name().toLowerCase(Locale.ROOT));
        json.number(
                "models",
                entry.upstream() == null
                        ? 0
                        : entry.upstream().served(catalog.snapshot().catalog()).size());
        Values.count(json, "order", order);
        CircuitJson.write(json, breakers.provider(config.id()), clock.instant());
        QuotaJson.write(json, quotas, config.id());
        json.endObject();
    }

    /** The server without the path, in which some proxies expect a secret. */
    private static @Nullable String shown(ProviderConfig config) {
        URI endpoint = config.connection().endpoint();
        if (endpoint == null) {
            String usual = config.type().defaultEndpoint();
            endpoint = usual == null ? null : URI.create(usual);
        }
        return endpoint == null ? null : endpoint.getScheme() + "://" + endpoint.getRawAuthority();
    }

    private static ManagementRefusal unknown(String id) {
        String shown = id.length() <= 64 ? id : id.substring(0, 64) + "...";
        return ManagementRefusal.notFound("there is no provider \"" + shown + "\"");
    }
}
