package dev.llmgateway.routing.sync;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.ir.codec.ModelInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A provider that lists models and does nothing else. */
final class ListingProvider implements Provider {

    private final String id;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Callable<List<ModelInfo>> answer = List::of;

    ListingProvider(String id) {
        this.id = id;
    }

    static List<ModelInfo> models(String... ids) {
        return Stream.of(ids).map(id -> new ModelInfo(id, null, 0, null, null)).toList();
    }

    ListingProvider lists(String... ids) {
        return answers(() -> models(ids));
    }

    ListingProvider answers(Callable<List<ModelInfo>> how) {
        answer = how;
        return this;
    }

    int asked() {
        return asked.get();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<ModelInfo> models(Duration timeout) {
        asked.incrementAndGet();
        try {
            return answer.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ChatStream open(ProviderCall call) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
