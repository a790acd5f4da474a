package dev.llmgateway.providers;

final class GoogleProviderTest extends ProviderContract {

    @Override
    ProviderType type() {
        return ProviderType.GOOGLE;
    }

    @Override
    Providers.Builder configured(Providers.Builder builder) {
        return builder.endpoint(sim.uri().toString());
    }
}
