package dev.llmgateway.routing;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.ModelInfo;
import java.time.Duration;
import java.util.List;

/** A provider that only has a name and a wire format. */
record SpeakingProvider(String id, Dialect dialect) implements Provider {
    @Override
    public Dialect dialectOf(ChatRequest request, String model) {
        return dialect;
    }

    @Override
    public ChatStream open(ProviderCall call) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ModelInfo> models(Duration timeout) {
        return List.of();
    }

    @Override
    public void close() {}
}
