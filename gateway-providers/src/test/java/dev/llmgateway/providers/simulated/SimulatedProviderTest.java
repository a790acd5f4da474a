package dev.llmgateway.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class SimulatedProviderTest {
    private final Queue<Duration> waits = new ConcurrentLinkedQueue<>();

    @AutoClose
    private final SimulatedProvider provider = SimulatedProvider.builder()
            .name("acme")
            .journalSize(3)
            .sleeper(waits::add)
            .start();

    @AutoClose
    private final TestClient client = new TestClient(provider);

    @Test
    void usesTheQueueBeforeTheModelBeforeTheReplyForAlways() throws Exception {
        provider.always(Reply.json(200, "always"));
        provider.byModel("special", Reply.json(200, "model"));
        provider.enqueue(Reply.json(201, "first"), Reply.usual());

        assertThat(client.openai(TestClient.chat("special", "hi", false)).body())
                .isEqualTo("first");
        assertThat(client.openai(TestClient.chat("special", "hi", false)).body())
                .contains("[simulated acme]");
        assertThat(client.openai(TestClient.chat("special", "hi", false)).body())
                .isEqualTo("model");
        assertThat(client.openai(TestClient.chat("other", "hi", false)).body()).isEqualTo("always");
        provider.reset();
        assertThat(client.openai(TestClient.chat("special", "hi", false)).body())
                .contains("[simulated acme]");
    }

    @Test
    void answersEverythingWith503DuringAnOutage() throws Exception {
        provider.byPath("/models", Reply.json(200, "[]"));
        provider.outage(true);

        assertThat(client.openai(TestClient.chat("m", "hi", false)).statusCode())
                .isEqualTo(503);
        assertThat(client.get("/v1/models").statusCode()).isEqualTo(503);
        provider.outage(false);
        assertThat(client.get("/v1/models").body()).isEqualTo("[]");
    }

    @Test
    void keepsTheLatestRequestsAndCountsAll() throws Exception {
        for (int i = 0; i < 5; i++) {
            client.openai(TestClient.chat("model-" + i, "hi", false));
        }

        assertThat(provider.requestCount()).isEqualTo(5);
        assertThat(provider.requests())
                .extracting(request -> request.json().path("model").asString(""))
                .containsExactly("model-2", "model-3", "model-4");
        ReceivedRequest next = provider.awaitRequest(Duration.ZERO);
        assertThat(next.text()).contains("model-2");
        assertThat(next.method()).isEqualTo("POST");
        assertThat(next.path()).isEqualTo("/v1/chat/completions");
        assertThat(next.header("Content-Type")).isEqualTo("application/json");
        assertThatThrownBy(() -> {
                    provider.awaitRequest(Duration.ZERO);
                    provider.awaitRequest(Duration.ZERO);
                    provider.awaitRequest(Duration.ZERO);
                })
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void pacesAStreamWithTheGivenSleeper() throws Exception {
        Pace pace = new Pace(Duration.ofSeconds(9), Duration.ofSeconds(3));
        provider.enqueue(Reply.sse(List.of("data: 1\n\n", "data: 2\n\n", "data: 3\n\n"), pace));

        String stream = client.openai(TestClient.chat("m", "hi", true)).body();

        assertThat(stream).isEqualTo("data: 1\n\ndata: 2\n\ndata: 3\n\n");
        assertThat(waits).containsExactly(pace.beforeFirst(), pace.between(), pace.between());
    }

    @Test
    void replaysRecordingsHoweverTheyAreCut() throws Exception {
        byte[] recording;
        try (InputStream file = getClass().getResourceAsStream("/fixtures/openai-tool-stream.sse")) {
            recording = file.readAllBytes();
        }
        String type = "text/event-stream; charset=utf-8";
        provider.enqueue(
                Reply.recorded(type, recording),
                Reply.recorded(type, recording, new Reply.Delivery.ByEvent(Pace.NONE)),
                Reply.recorded(type, recording, new Reply.Delivery.Chunks(7, Pace.NONE)));

        for (int i = 0; i < 3; i++) {
            var response = client.openai(TestClient.chat("m", "hi", true));
            assertThat(response.body()).isEqualTo(new String(recording, StandardCharsets.UTF_8));
            assertThat(response.headers().firstValue("content-type")).contains(type);
        }
    }

    @Test
    void sendsRawBytesAndCloses() throws Exception {
        provider.enqueue(new Reply.Raw("HTTP/1.1 418 Teapot\r\n\r\nshort and stout".getBytes(StandardCharsets.UTF_8)));

        var response = client.openai(TestClient.chat("m", "hi", false));

        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("short and stout");
    }

    @Test
    void noticesAClientThatLeavesAPacedStream() throws Exception {
        try (SimulatedProvider slow = SimulatedProvider.start();
                TestClient other = new TestClient(slow)) {
            slow.always(Reply.sse(List.of("data: 1\n\n", "data: 2\n\n"), Pace.every(Duration.ofHours(1))));

            HttpResponse<InputStream> response = other.open(TestClient.chat("m", "hi", true));
            assertThat(response.body().read()).isEqualTo('d');
            response.body().close();

            assertThat(slow.awaitDisconnect(TestClient.PATIENCE)).isTrue();
            assertThat(slow.disconnects()).isEqualTo(1);
        }
    }

    @Test
    void doesNotCountAClientThatLeavesAfterItsAnswer() throws Exception {
        client.openai(TestClient.chat("m", "hi", false));
        client.close();

        assertThat(provider.awaitDisconnect(Duration.ofMillis(50))).isFalse();
    }

    @Test
    void servesTwoHundredStreamsAtOnceAndForgetsTheirConnections() throws Exception {
        List<String> events =
                IntStream.range(0, 64).mapToObj(i -> "data: " + i + "\n\n").toList();
        SimulatedProvider paced = SimulatedProvider.start();
        paced.always(Reply.sse(events, Pace.every(Duration.ofMillis(2))));
        try (paced;
                TestClient many = new TestClient(paced);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> streams = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(
                            () -> many.openai(TestClient.chat("m", "hi", true)).body()))
                    .toList();

            for (Future<String> stream : streams) {
                assertThat(stream.get()).isEqualTo(String.join("", events));
            }
            assertThat(paced.requestCount()).isEqualTo(200);
            assertThat(paced.disconnects()).isZero();
        }
        assertThat(paced.liveConnections()).isZero();
    }

    @Test
    void closesStalledAndIdleConnectionsAndItsPort() throws Exception {
        provider.enqueue(new Fault.StallBeforeFirstByte().asReply());
        try (Socket stalled = new Socket("127.0.0.1", provider.port());
                Socket idle = new Socket("127.0.0.1", provider.port())) {
            stalled.getOutputStream().write(request("stalled").getBytes(StandardCharsets.UTF_8));
            provider.awaitRequest(TestClient.PATIENCE);

            provider.close();
            provider.close();

            assertThat(stalled.getInputStream().read()).isEqualTo(-1);
            assertThat(provider.liveConnections()).isZero();
            assertThat(provider.disconnects()).isZero();
            assertThatThrownBy(() -> new Socket("127.0.0.1", provider.port())).isInstanceOf(ConnectException.class);
        }
    }

    private static String request(String text) {
        String body = TestClient.chat("m", text, false);
        return "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }
}
