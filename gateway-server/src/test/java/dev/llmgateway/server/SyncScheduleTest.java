package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.Upstream;
import dev.llmgateway.routing.sync.CatalogSync;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyncScheduleTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicInteger asked = new AtomicInteger();
    private final LiveCatalog catalog = new LiveCatalog(ModelCatalog.of(List.of()));
    private final CatalogSync sync = new CatalogSync(catalog, InstantSource.system());
    private final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
    private final SynchronousQueue<Boolean> wakeUps = new SynchronousQueue<>();

    @Test
    void syncsAtOnceAndAfterEveryInterval() throws InterruptedException {
        catalog.add(new Upstream(new Growing(asked), "local"));
        try (SyncSchedule schedule = start(HOUR, 0.5)) {
            assertThat(pauses.poll(10, TimeUnit.SECONDS)).isEqualTo(HOUR);
            assertThat(catalog.snapshot().catalog().card("growing/model-1")).isNotNull();
            assertThat(catalog.snapshot().catalog().card("growing/model-2")).isNull();

            wakeUps.put(true);

            assertThat(pauses.poll(10, TimeUnit.SECONDS)).isEqualTo(HOUR);
            assertThat(catalog.snapshot().catalog().card("growing/model-2")).isNotNull();
            assertThat(schedule).isNotNull();
        }
    }

    @Test
    void theIntervalIsSpreadByATenth() throws InterruptedException {
        try (SyncSchedule early = start(Duration.ofSeconds(100), 0.0)) {
            assertThat(pauses.poll(10, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(90));
            assertThat(early).isNotNull();
        }
    }

    @Test
    void anIntervalOfZeroIsNever() {
        catalog.add(new Upstream(new Growing(asked), "local"));

        start(Duration.ZERO, 0.5).close();

        assertThat(sync.last()).isEmpty();
        assertThat(asked).hasValue(0);
    }

    private SyncSchedule start(Duration interval, double random) {
        return SyncSchedule.start(
                sync,
                interval,
                pause -> {
                    pauses.add(pause);
                    wakeUps.take();
                },
                () -> random);
    }

    /** Lists one more model every time it is asked. */
    private record Growing(AtomicInteger asked) implements Provider {
        @Override
        public String id() {
            return "growing";
        }

        @Override
        public List<ModelInfo> models(Duration timeout) {
            int count = asked.incrementAndGet();
            return IntStream.rangeClosed(1, count)
                    .mapToObj(i -> new ModelInfo("model-" + i, null, 0, null, null))
                    .toList();
        }

        @Override
        public ChatStream open(ProviderCall call) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
