package dev.llmgateway.providers;

final class AnthropicProviderTest extends ProviderContract {

    @Override
    ProviderType type() {
        return ProviderType.ANTHROPIC;
    }

    @Override
    Providers.Builder configured(Providers.Builder builder) {
        return builder.endpoint(sim.uri().toString());
    }
}
