package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks for a WebSocket is answered as who does not, and nothing is kept of it. */
class WebSocketsOverHttpTest {

    @RegisterExtension
    static final TestServer SERVER = TestServer.start();

    private static final String UPGRADE = """
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: mOcXhgs7B/gRDE1ooYJgPw==\r
            """;

    private static String answer(String method, String path, String headers) throws IOException {
        try (RawClient client = new RawClient(SERVER.gateway.uri())) {
            client.send(
                    method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n" + headers + "\r\n");
            return client.readAnswer();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/chat/completions, 405",
        "GET, /v1/messages, 405",
        "GET, /v1/realtime, 404",
        "GET, /nothing, 404",
        "GET, /v1/models, 200",
        "GET, /v1/responses/resp_1, 404",
        "GET, /v1/responses, 426",
        "POST, /v1/chat/completions, 400",
        "POST, /v1/responses, 400",
    })
    void anUpgradeIsNotSeenAndLeavesNoSession(String method, String path, int status) throws IOException {
        String plain = answer(method, path, "");
        String upgrade = answer(method, path, UPGRADE);

        assertThat(plain).startsWith("HTTP/1.1 " + status + " ");
        assertThat(upgrade).startsWith("HTTP/1.1 " + status + " ");
        assertThat(body(upgrade)).isEqualTo(body(plain));
        assertThat(upgrade.toLowerCase(Locale.ROOT))
                .doesNotContain("set-cookie")
                .doesNotContain("jsessionid");
    }

    /** Without the request's id. */
    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n")).replaceAll("req_[0-9a-f]+", "req_");
    }
}
