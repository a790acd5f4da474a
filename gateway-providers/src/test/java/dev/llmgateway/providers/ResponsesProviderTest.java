package dev.llmgateway.providers;

/** OpenAI by its Responses API. */
final class ResponsesProviderTest extends ProviderContract {

    @Override
    ProviderType type() {
        return ProviderType.OPENAI;
    }

    @Override
    Providers.Builder configured(Providers.Builder builder) {
        return builder.endpoint(sim.uri().toString()).api(ProviderApi.RESPONSES);
    }
}
