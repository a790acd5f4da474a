package dev.llmgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpMessageReaderTest {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final HttpMessageReader reader = new HttpMessageReader(body::write);

    @Test
    void readsAFixedLengthBody() throws IOException {
        assertThat(feed("HTTP/1.1 200 OK\r\ncontent-LENGTH: 5\r\n\r\nhel")).isFalse();
        assertThat(feed("lo")).isTrue();

        assertThat(body).hasToString("hello");
        assertThat(reader.head()).startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void readsChunksByteByByte() throws IOException {
        String message =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\nA\r\n0123456789\r\n0\r\nT: t\r\n\r\n";
        for (int i = 0; i < message.length() - 1; i++) {
            assertThat(feed(message.substring(i, i + 1))).isFalse();
        }

        assertThat(feed("\n")).isTrue();
        assertThat(body).hasToString("hello0123456789");
    }

    @Test
    void readsOneMessageAfterAnother() throws IOException {
        assertThat(feed("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).isTrue();
        assertThat(feed("POST /b HTTP/1.1\r\nContent-Length: 1\r\n\r\nx")).isTrue();

        assertThat(reader.head()).startsWith("POST /b");
        assertThat(body).hasToString("x");
    }

    @Test
    void refusesBytesAfterTheEnd() {
        assertThatThrownBy(() -> feed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxyz"))
                .hasMessage("2 bytes follow the end of the message");
    }

    @Test
    void refusesAnEndlessHead() {
        assertThatThrownBy(() -> feed("a".repeat(100_000))).hasMessageContaining("65536 bytes");
    }

    private boolean feed(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return reader.feed(bytes, 0, bytes.length);
    }
}
