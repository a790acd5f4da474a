package dev.llmgateway.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestReaderTest {
    private static final String CHUNKED = """
            POST /v1/messages?beta=true HTTP/1.1\r
            Host: x\r
            X-Twice: a\r
            x-twice: b\r
            Transfer-Encoding: chunked\r
            Expect: 100-continue\r
            \r
            5;ext=1\r
            hello\r
            6\r
             world\r
            0\r
            Trailer: t\r
            \r
            """;
    private static final String WITH_LENGTH = "POST /a HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc";

    private final ByteArrayOutputStream answered = new ByteArrayOutputStream();

    @Property(tries = 200)
    void readsTheSameRequestsHoweverTheBytesArrive(@ForAll @IntRange(min = 1, max = 400) int pieceSize)
            throws IOException {
        RequestReader reader = new RequestReader(new InPieces(CHUNKED + WITH_LENGTH + CHUNKED, pieceSize), answered);

        for (int i = 0; i < 3; i++) {
            ReceivedRequest request = reader.next();
            assertThat(request.text()).isEqualTo(i == 1 ? "abc" : "hello world");
            assertThat(request.path()).isEqualTo(i == 1 ? "/a" : "/v1/messages");
        }
        assertThat(reader.next()).isNull();
    }

    @Test
    void splitsTheTargetAndJoinsRepeatedHeaders() throws IOException {
        ReceivedRequest request = reader(CHUNKED).next();

        assertThat(request.query()).isEqualTo("beta=true");
        assertThat(request.header("X-TWICE")).isEqualTo("a, b");
        assertThat(request.headers()).containsKey("x-twice").doesNotContainKey("X-Twice");
    }

    @Test
    void invitesTheBodyOfAClientThatWaitsForIt() throws IOException {
        reader(CHUNKED).next();

        assertThat(answered.toString(StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    }

    @Test
    void readsABodyThatIsLargerThanItsBuffer() throws IOException {
        String body = "x".repeat(100_000);
        String headers = "POST /a HTTP/1.1\r\ncontent-length: 100000\r\nx-long: " + "h".repeat(30_000) + "\r\n\r\n";

        assertThat(reader(headers + body).next().text()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "POST /a HTTP/2\r\n\r\n",
                "POST /a HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
                "POST /a HTTP/1.1\r\ncontent-length: many\r\n\r\n",
                "POST /a HTTP/1.1\r\ncontent-length: 999999999\r\n\r\n",
                "POST /a HTTP/1.1\r\ncontent-length: 9\r\n\r\nshort",
                "POST /a HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
                "POST /a HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
                "POST /a HTTP/1.1\r\nx: "
            })
    void givesUpOnWhatIsNotARequest(String bytes) {
        assertThatThrownBy(() -> reader(bytes).next()).isInstanceOf(IOException.class);
    }

    @Test
    void givesUpOnHeadersWithoutEnd() {
        String endless = "POST /a HTTP/1.1\r\n" + "x: y\r\n".repeat(100_000);

        assertThatThrownBy(() -> reader(endless).next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("headers exceed");
    }

    private RequestReader reader(String bytes) {
        return new RequestReader(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.US_ASCII)), answered);
    }

    /** A stream that never gives more than a few bytes at once. */
    private static final class InPieces extends InputStream {
        private final ByteArrayInputStream bytes;
        private final int size;

        InPieces(String text, int size) {
            this.bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
            this.size = size;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, Math.min(length, size));
        }
    }
}
