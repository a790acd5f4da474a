package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More large bodies at a time than there is memory for. */
class LargeBodiesTest {
    private static final String CHAT = "/v1/chat/completions";

    @Test
    void manyLargeBodiesAtATimeTakeTurns() {
        try (TestServer server = TestServer.start()) {
            byte[] start = "{\"model\":\"nobody\",\"messages\":[{\"role\":\"user\",\"content\":\""
                    .getBytes(StandardCharsets.UTF_8);
            byte[] end = "\"}]}".getBytes(StandardCharsets.UTF_8);
            List<Integer> statuses = IntStream.range(0, 8)
                    .mapToObj(i -> server.builder(CHAT)
                            .POST(BodyPublishers.ofInputStream(
                                    () -> new SequenceInputStream(Collections.enumeration(List.of(
                                            new ByteArrayInputStream(start),
                                            new Letters(30_000_000),
                                            new ByteArrayInputStream(end))))))
                            .build())
                    .map(request -> server.http().sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                    .toList()
                    .stream()
                    .map(answer -> answer.join().statusCode())
                    .toList();
            assertThat(statuses).isSubsetOf(404, 503).contains(404);
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
        }
    }

    /** So many letters, without the memory for them. */
    private static final class Letters extends InputStream {
        private int left;

        Letters(int count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'a' : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = Math.min(left, length);
            Arrays.fill(into, offset, offset + count, (byte) 'a');
            left -= count;
            return count;
        }
    }
}
