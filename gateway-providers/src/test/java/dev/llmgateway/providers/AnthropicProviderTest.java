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

    @Override
    byte[] recordedStream() {
        return TestCalls.fixture("anthropic-text-stream.sse");
    }

    @Override
    byte[] recordedAnswer() {
        return TestCalls.fixture("anthropic-max-tokens.json");
    }
}
