package dev.llmgateway.examples;

import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.Providers;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.time.Duration;

/** Whom the examples ask. */
final class ExampleProvider {

    private ExampleProvider() {}

    /** OpenAI when there is a key for it; else a simulated provider, which ends with this process. */
    static Provider open() {
        String key = System.getenv("OPENAI_API_KEY");
        return key == null || key.isBlank() ? simulated() : Providers.openAi("openai", key);
    }

    static Provider simulated() {
        SimulatedProvider openAi = SimulatedProvider.builder()
                .pace(Pace.every(Duration.ofMillis(40)))
                .start();
        return Providers.builder(ProviderType.OPENAI, "openai")
                .endpoint(openAi.uri().toString())
                .apiKey("simulated")
                .build();
    }
}
