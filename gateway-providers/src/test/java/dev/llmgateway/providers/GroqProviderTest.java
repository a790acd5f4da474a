package dev.llmgateway.providers;

final class GroqProviderTest extends ProviderContract {

    @Override
    ProviderType type() {
        return ProviderType.GROQ;
    }

    @Override
    Providers.Builder configured(Providers.Builder builder) {
        return builder.endpoint(sim.uri().toString());
    }
}
