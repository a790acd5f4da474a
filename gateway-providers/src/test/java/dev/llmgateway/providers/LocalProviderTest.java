package dev.llmgateway.providers;

final class LocalProviderTest extends ProviderContract {

    @Override
    ProviderType type() {
        return ProviderType.LOCAL;
    }

    @Override
    Providers.Builder configured(Providers.Builder builder) {
        return builder.endpoint(sim.uri().toString());
    }
}
