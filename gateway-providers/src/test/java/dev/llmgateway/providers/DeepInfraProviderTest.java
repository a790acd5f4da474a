package dev.llmgateway.providers;

final class DeepInfraProviderTest extends ProviderContract {

    @Override
    ProviderType type() {
        return ProviderType.DEEP_INFRA;
    }

    @Override
    Providers.Builder configured(Providers.Builder builder) {
        return builder.endpoint(sim.uri().toString());
    }
}
