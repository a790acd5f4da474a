package dev.llmgateway.routing.catalog;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.ir.codec.ModelInfo;
import java.time.Duration;
import java.util.List;

/** A provider that has nothing but its name. */
record NameOnlyProvider(String id) implements Provider {

    @Override
    public ChatStream open(ProviderCall call) {
        throw cannot();
    }

    @Override
    public List<ModelInfo> models(Duration timeout) {
        throw cannot();
    }

    @Override
    public void close() {}

    private UnsupportedOperationException cannot() {
        return new UnsupportedOperationException(
                "the provider \"" + id + "\" is only a name: give Upstream a Provider to call models through it");
    }
}
