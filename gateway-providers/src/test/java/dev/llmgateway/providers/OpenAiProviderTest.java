package dev.llmgateway.providers;

final class OpenAiProviderTest extends ProviderContract {

    @Override
    ProviderType type() {
        return ProviderType.OPENAI;
    }

    @Override
    Providers.Builder configured(Providers.Builder builder) {
        return builder.endpoint(sim.uri().toString());
    }
}
