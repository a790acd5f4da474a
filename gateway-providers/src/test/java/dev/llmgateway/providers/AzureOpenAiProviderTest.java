package dev.llmgateway.providers;

final class AzureOpenAiProviderTest extends ProviderContract {

    @Override
    ProviderType type() {
        return ProviderType.AZURE_OPENAI;
    }

    @Override
    Providers.Builder configured(Providers.Builder builder) {
        return builder.endpoint(sim.uri().toString())
                .deployment("my-deployment")
                .apiVersion("2024-10-21");
    }
}
