package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A thousand streams at a time. */
class ManyStreamsTest {
    private static final int STREAMS = 1_000;
    private static final int EVENTS = 64;
    private static final String BODY = """
            {"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"Count!"}]}""";

    @Test
    void noneOfAThousandConcurrentStreamsLosesOrReordersAnEvent() throws Exception {
        try (TestServer server = TestServer.start();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            server.openAi.always(Reply.sse(counting(), Pace.every(Duration.ofMillis(20))));
            readStreams(server, clients, 50);
            long before = usedMemory();
            int threadsBefore = Thread.activeCount();
            List<String> expected =
                    IntStream.range(0, EVENTS).mapToObj(Integer::toString).toList();
            for (List<String> numbers : readStreams(server, clients, STREAMS)) {
                assertThat(numbers).isEqualTo(expected);
            }
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threadsBefore + 10);
            assertThat(usedMemory() - before).isLessThan(64L << 20);
            assertThat(server.openAi.disconnects()).isZero();
        }
    }

    private static List<List<String>> readStreams(TestServer server, ExecutorService clients, int count)
            throws InterruptedException, ExecutionException {
        List<Future<List<String>>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(clients.submit(() -> readStream(server)));
        }
        List<List<String>> all = new ArrayList<>();
        for (Future<List<String>> stream : running) {
            all.add(stream.get());
        }
        return all;
    }

    /** The numbers of a stream in the order of their arrival; fails when it is not complete. */
    private static List<String> readStream(TestServer server) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.gateway.port())) {
            socket.getOutputStream()
                    .write(
                            ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                                            + BODY.length() + "\r\n\r\n" + BODY)
                                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).startsWith("HTTP/1.1 200");
            List<String> numbers = new ArrayList<>();
            boolean complete = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf("\"content\":\"n");
                if (at > 0) {
                    numbers.add(line.substring(at + 12, line.indexOf('"', at + 12)));
                }
                complete |= line.equals("data: [DONE]");
            }
            assertThat(complete).isTrue();
            return numbers;
        }
    }

    private static List<String> counting() {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(chunk("{\"content\":\"n" + i + "\"}", "null"));
        }
        events.add(chunk("{}", "\"stop\""));
        events.add("data: [DONE]\n\n");
        return events;
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o\","
                + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    private static long usedMemory() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
