package dev.llmgateway.api.spi;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.ModelInfo;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider for tests that only has a name, and perhaps a wire format. Nobody is to call it.
 *
 * @param dialect the wire format of every request; null when it cannot tell
 */
public record NamedProvider(String id, @Nullable Dialect dialect) implements Provider {

    public NamedProvider(String id) {
        this(id, null);
    }

    @Override
    public @Nullable Dialect dialectOf(ChatRequest request, String model) {
        return dialect;
    }

    @Override
    public ChatStream open(ProviderCall call) {
        throw new UnsupportedOperationException("nobody is to call it");
    }

    @Override
    public List<ModelInfo> models(Duration timeout) {
        throw new UnsupportedOperationException("nobody is to ask it");
    }

    @Override
    public void close() {}
}
