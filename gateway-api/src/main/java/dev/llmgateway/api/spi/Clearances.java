package dev.llmgateway.api.spi;

import dev.llmgateway.api.routing.DataClassification;
import java.util.Map;
import java.util.Set;

/**
 * What each target may see. The gateway asks it just before every single call of a provider, whoever chose the target and
 * whatever for: it is the check that does not trust the {@link Router}, so it must not take its knowledge from a decision.
 * When it throws, nothing is sent. Thread safe, and quick: it runs on the request path.
 *
 * <pre>{@code
 * Gateway.builder()
 *         .provider(Providers.openAi("openai", key))
 *         .provider(Providers.local("vllm", "http://10.0.0.5:8000"))
 *         .clearances(Clearances.upTo(Map.of("vllm", DataClassification.CLASSIFIED)))
 *         .build();
 * }</pre>
 */
@FunctionalInterface
public interface Clearances {

    /** Every target may see public and internal data, and nothing above. */
    Clearances USUAL = upTo(Map.of());

    /** The levels of data that this target may see; empty for one that is not known. */
    Set<DataClassification> of(RouteTarget target);

    /**
     * The models of each provider may see all data up to a level.
     *
     * @param highest by provider id; providers that are not named may see public and internal data
     */
    static Clearances upTo(Map<String, DataClassification> highest) {
        Map<String, DataClassification> copy = Map.copyOf(highest);
        return target -> copy.getOrDefault(target.provider().id(), DataClassification.INTERNAL)
                .andBelow();
    }
}
