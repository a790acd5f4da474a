package dev.llmgateway.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class ManyStreamsTest {

    private static final int STREAMS = 300;
    private static final int EVENTS = 20;

    @Test
    void readsHundredsOfStreamsAtOnceAndKeepsTheirConnections() throws Exception {
        try (SimulatedProvider sim = SimulatedProvider.start();
                Provider provider = Providers.local("local", sim.uri().toString())) {
            sim.always(Reply.sse(events(), Pace.every(Duration.ofMillis(20))));
            int threads = Thread.activeCount();

            assertThat(readAll(provider)).hasSize(STREAMS).containsOnly(expected());
            assertThat(readAll(provider)).hasSize(STREAMS).containsOnly(expected());

            assertThat(sim.liveConnections()).isLessThanOrEqualTo(STREAMS);
            assertThat(sim.disconnects()).isZero();
            assertThat(Thread.activeCount() - threads).isLessThan(20);
        }
    }

    private static List<String> readAll(Provider provider) throws ExecutionException, InterruptedException {
        List<Future<String>> texts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < STREAMS; i++) {
                texts.add(threads.submit(() -> read(provider)));
            }
        }
        List<String> all = new ArrayList<>();
        for (Future<String> text : texts) {
            all.add(text.get());
        }
        return all;
    }

    private static String read(Provider provider) {
        StringBuilder text = new StringBuilder();
        try (ChatStream stream = provider.open(TestCalls.streaming("go"))) {
            for (ChatEvent event : stream) {
                if (event instanceof ChatEvent.TextDelta delta) {
                    text.append(delta.text());
                }
            }
        }
        return text.toString();
    }

    private static String expected() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            text.append(i).append(' ');
        }
        return text.toString();
    }

    private static List<String> events() {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(chunk("{\"content\":\"" + i + " \"}", "null"));
        }
        events.add(chunk("{}", "\"stop\""));
        events.add("data: [DONE]\n\n");
        return events;
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                + "[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }
}
