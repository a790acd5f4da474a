package dev.llmgateway.telemetry.otel;

import dev.llmgateway.api.spi.ProviderService;
import dev.llmgateway.ir.ChatRequest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of measurements. Each set is made once; whoever asks sees to it that models are bounded labels. Thread
 * safe.
 */
final class AttributeSets {

    private record Key(
            String operation,
            ProviderService service,
            String model,
            AttributeKey<String> more,
            @Nullable String value) {}

    private final Map<Key, Attributes> sets = new ConcurrentHashMap<>();

    /**
     * A set.
     *
     * @param request what was asked, of which only the kind counts
     * @param model the label of the model; empty for none
     * @param more one more attribute
     * @param value its value; null to leave it out
     */
    Attributes of(
            ChatRequest request,
            ProviderService service,
            String model,
            AttributeKey<String> more,
            @Nullable String value) {
        Key key = new Key(GenAi.operation(request), service, model, more, value);
        Attributes known = sets.get(key);
        return known != null ? known : sets.computeIfAbsent(key, AttributeSets::make);
    }

    private static Attributes make(Key key) {
        AttributesBuilder set = Attributes.builder();
        set.put(GenAi.OPERATION, key.operation);
        set.put(GenAi.PROVIDER, key.service.name());
        if (!key.model.isEmpty()) {
            set.put(GenAi.REQUEST_MODEL, key.model);
            set.put(GenAi.RESPONSE_MODEL, key.model);
        }
        if (key.service.address() != null) {
            set.put(GenAi.SERVER_ADDRESS, key.service.address());
            set.put(GenAi.SERVER_PORT, (long) key.service.port());
        }
        if (key.value != null) {
            set.put(key.more, key.value);
        }
        return set.build();
    }
}
