package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.server.http.HttpSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, it gets a clear error or a clean close, and the server lives. */
class BadInputTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String GOOD = """
            {"model":"gpt-4o","max_tokens":10,"messages":[{"role":"user","content":"Hello!"}]}""";
    private static final HttpSettings IMPATIENT =
            new HttpSettings(Duration.ofSeconds(60), Duration.ofMillis(500), Duration.ofSeconds(1), 32 * 1024);

    private static final TestServer SERVER = TestServer.start("", IMPATIENT);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @AfterEach
    void theServerLives() {
        assertThat(SERVER.post(CHAT, GOOD).statusCode()).isEqualTo(200);
    }

    private static RawClient raw() throws IOException {
        return new RawClient(SERVER.gateway.uri());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{\"model\":}",
                "{\"model\":\"gpt-4o\"}",
                "{\"model\":\"gpt-4o\",\"messages\":{}}",
                "{\"model\":7,\"messages\":[]}",
                "{\"model\":\"gpt-4o\",\"messages\":[7]}",
                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"wizard\",\"content\":\"hi\"}]}",
                "{\"model\":\"gpt-4o\",\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} {}",
            })
    void aBodyThatIsNoRequestIsABadRequestInTheCallersDialect(String body) {
        HttpResponse<String> chat = SERVER.post(CHAT, body);
        assertThat(chat.statusCode()).isEqualTo(400);
        assertThat(chat.body()).startsWith("{\"error\":{").contains("\"invalid_request_error\"");
        HttpResponse<String> messages = SERVER.post(MESSAGES, body);
        assertThat(messages.statusCode()).isEqualTo(400);
        assertThat(messages.body()).startsWith("{\"type\":\"error\"").contains("\"invalid_request_error\"");
        assertThat(chat.body() + messages.body()).doesNotContain("Exception").doesNotContain("dev.llmgateway");
    }

    @Test
    void nestingThatCouldExhaustTheStackIsRefused() {
        String deep = "{\"model\":\"gpt-4o\",\"messages\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(SERVER.post(CHAT, deep).statusCode()).isEqualTo(400);
    }

    @Test
    void aHundredThousandMessagesAreServed() {
        String message = "{\"role\":\"user\",\"content\":\"hi\"},";
        String many = "{\"model\":\"openai/model-of-unknown-window\",\"messages\":[" + message.repeat(100_000)
                + "{\"role\":\"user\",\"content\":\"Hello!\"}]}";
        assertThat(SERVER.post(CHAT, many).statusCode()).isEqualTo(200);
    }

    @Test
    void anAnnouncedBodyAboveTheLimitIsRefusedAtOnce() throws IOException {
        try (RawClient client = raw()) {
            client.send("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40000000\r\n\r\n");
            assertThat(client.readToEnd())
                    .startsWith("HTTP/1.1 413 ")
                    .contains("Connection: close")
                    .contains("server.max_body_bytes");
        }
    }

    @Test
    void aBodyOf40MegabytesIsRefusedInTheCallersDialect() {
        byte[] large = new byte[40_000_000];
        Arrays.fill(large, (byte) ' ');
        HttpResponse<String> announced =
                SERVER.sendApart(SERVER.builder(MESSAGES).POST(BodyPublishers.ofByteArray(large)));
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(announced.body()).contains("request_too_large");
        HttpResponse<String> chunked = SERVER.sendApart(
                SERVER.builder(CHAT).POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
        assertThat(chunked.statusCode()).isEqualTo(413);
    }

    @Test
    void aChunkedBodyIsRead() {
        HttpResponse<String> answer = SERVER.send(SERVER.builder(CHAT)
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(GOOD.getBytes(StandardCharsets.UTF_8)))));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void halfABodyAndThenSilenceIsTimedOut() throws IOException {
        try (RawClient client = raw()) {
            client.send("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{\"model\"");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 408 ").contains("did not arrive in time");
        }
    }

    @Test
    void aBodyThatDripsForeverIsTimedOut() throws IOException {
        try (RawClient client = raw()) {
            client.send("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n");
            Thread.ofVirtual().start(() -> dripUntilClosed(client));
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 408 ");
        }
    }

    private static void dripUntilClosed(RawClient client) {
        try {
            while (true) {
                client.send(" ");
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException theServerHasClosed) {
            return;
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsBodyIsForgotten() throws IOException {
        try (RawClient client = raw()) {
            client.send("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{\"model\"");
            client.reset();
        }
        try (RawClient client = raw()) {
            client.send("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{\"model\"");
            client.halfClose();
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").contains("broke off");
        }
    }

    @Test
    void headersOf64KilobytesAreTooLarge() throws IOException {
        try (RawClient client = raw()) {
            client.send("POST " + MESSAGES + " HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(64 * 1024)
                    + "\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 431 ").contains("32 KiB");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nXYZ\r\n",
                "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /v1/%2e%2e/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
            })
    void brokenHttpIsRefusedInJson(String request) throws IOException {
        try (RawClient client = raw()) {
            client.send(request);
            client.halfClose();
            String answer = client.readToEnd();
            assertThat(answer)
                    .matches("(?s)HTTP/1\\.1 (400|404|505) .*")
                    .contains("application/json")
                    .contains("\"error\"");
            assertThat(answer)
                    .doesNotContain("<html")
                    .doesNotContain("Exception")
                    .doesNotContain("jetty");
        }
    }

    @Test
    void anUnknownPathIsNotFoundInTheCallersDialect() {
        assertThat(SERVER.get("/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(SERVER.get("/v1/nothing").body()).startsWith("{\"error\":{").contains("there is no GET /v1/nothing");
        assertThat(SERVER.get("/v1/messages/batches").body()).startsWith("{\"type\":\"error\"");
        assertThat(SERVER.get("/v1/nothing", "anthropic-version", "2023-06-01").body())
                .startsWith("{\"type\":\"error\"");
    }

    @Test
    void aWrongMethodIsNotAllowed() {
        assertThat(SERVER.get(CHAT).statusCode()).isEqualTo(405);
        assertThat(SERVER.get(CHAT).body()).startsWith("{\"error\":{").contains("GET is not allowed");
        assertThat(SERVER.get(MESSAGES).body()).startsWith("{\"type\":\"error\"");
        assertThat(SERVER.get(CHAT).headers().firstValue("allow")).contains("POST");
        assertThat(SERVER.send(SERVER.builder("/health").DELETE()).statusCode()).isEqualTo(405);
    }

    @Test
    void anEndlessAddressIsRefusedInWords() throws IOException {
        try (RawClient client = raw()) {
            client.send("GET /v1/models?" + "a".repeat(65_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 414 ").contains("the address is longer than");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "+5",
                "ten",
                "1.5",
                "1e3",
                "1,2",
                "5 5",
                "0x10",
                "86401",
                "99999999999999999999",
                "",
                " "
            })
    void aTimeoutThatIsNoneIsABadRequest(String timeout) {
        HttpResponse<String> answer = SERVER.post(CHAT, GOOD, "x-gateway-timeout", timeout);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("x-gateway-timeout: must be whole seconds from 1 to 86400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-gateway-timeout", "x-gateway-failover"})
    void aHeaderWithTwoValuesIsABadRequest(String name) throws IOException {
        try (RawClient client = raw()) {
            client.post(CHAT, GOOD, name + ": 5\r\n", name + ": 6\r\n");
            assertThat(client.readAnswer())
                    .startsWith("HTTP/1.1 400 ")
                    .contains(name + ": must be sent once, not 2 times");
        }
    }

    @Test
    void headersWithAMeaningAreChecked() {
        assertThat(SERVER.post(CHAT, GOOD, "x-gateway-failover", "maybe").statusCode())
                .isEqualTo(400);
        assertThat(SERVER.post(CHAT, GOOD, "x-data-classification", "secret").statusCode())
                .isEqualTo(400);
        assertThat(SERVER.post(CHAT, GOOD, "x-data-classification", "itar").statusCode())
                .isEqualTo(403);
        assertThat(SERVER.post(CHAT, GOOD, "x-data-classification", "internal").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRequestForH2cIsServedAsHttp11() throws IOException {
        try (RawClient client = raw()) {
            client.post(
                    CHAT,
                    GOOD,
                    "Connection: Upgrade, HTTP2-Settings\r\n",
                    "Upgrade: h2c\r\n",
                    "HTTP2-Settings: AAMAAABkAAQAoAAA\r\n");
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aClientThatWaitsForContinueGetsIt() throws IOException {
        try (RawClient client = raw()) {
            client.send("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
                    + GOOD.length() + "\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            client.send(GOOD);
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aSlowProviderIsNotTheClientsFault() throws IOException {
        SERVER.openAi.enqueue(Reply.usual(Pace.every(Duration.ofMillis(800))));
        try (RawClient client = raw()) {
            client.post(CHAT, GOOD.replace("\"max_tokens\":10", "\"max_tokens\":3,\"stream\":true"));
            assertThat(client.readUntil("data: [DONE]")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aRefusalIsForbiddenInTheCallersDialectAndHasNoCorsHeaders() {
        long before = SERVER.openAi.requestCount() + SERVER.anthropic.requestCount();
        HttpResponse<String> answer = SERVER.post(MESSAGES, GOOD, "origin", "http://evil.example");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).startsWith("{\"type\":\"error\"").contains("permission_error");
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(SERVER.openAi.requestCount() + SERVER.anthropic.requestCount())
                .isEqualTo(before);
    }

    @Test
    void aCompressedBodyIsRefusedInWords() {
        HttpResponse<String> answer = SERVER.post(CHAT, GOOD, "content-encoding", "gzip");
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("compressed bodies are not read");
    }
}
