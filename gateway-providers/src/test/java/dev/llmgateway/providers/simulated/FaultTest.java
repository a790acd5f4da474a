package dev.llmgateway.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** Every fault as a real HTTP client sees it. */
final class FaultTest {
    private static final String STREAM = TestClient.chat("m", "one two three four five", true);
    private static final String PLAIN = TestClient.chat("m", "one two three four five", false);

    @AutoClose
    private final SimulatedProvider provider = SimulatedProvider.start();

    @AutoClose
    private final TestClient client = new TestClient(provider);

    @Test
    void answersWithTheStatusAndHeadersOfAFailure() throws Exception {
        provider.enqueue(Reply.failure(429), Reply.failure(529));

        var limited = client.openai(PLAIN);
        var overloaded = client.anthropic(PLAIN);

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("retry-after")).contains("1");
        assertThat(limited.body()).contains("rate_limit_exceeded");
        assertThat(overloaded.statusCode()).isEqualTo(529);
        assertThat(overloaded.body()).contains("overloaded_error", "request_id");
    }

    @Test
    void stallsBeforeTheFirstByteUntilTheClientLeaves() throws Exception {
        provider.enqueue(new Fault.StallBeforeFirstByte().asReply());
        Thread waiting = Thread.ofVirtual().start(() -> assertThatThrownBy(() -> client.openai(PLAIN)));
        provider.awaitRequest(TestClient.PATIENCE);

        assertThat(provider.disconnects()).isZero();
        client.close();

        assertThat(provider.awaitDisconnect(TestClient.PATIENCE)).isTrue();
        waiting.join();
    }

    @Test
    void stallsInMidStreamUntilTheClientLeaves() throws Exception {
        provider.enqueue(new Fault.StallMidStream(2).asReply());

        HttpResponse<InputStream> response = client.open(STREAM);
        byte[] first = response.body().readNBytes(200);
        response.body().close();

        assertThat(new String(first, StandardCharsets.UTF_8)).startsWith("data: {");
        assertThat(provider.awaitDisconnect(TestClient.PATIENCE)).isTrue();
    }

    @Test
    void sendsTheHeadersOfAStreamThatStallsAtOnce() throws Exception {
        provider.enqueue(new Fault.StallMidStream(0).asReply());

        HttpResponse<InputStream> response = client.open(STREAM);

        assertThat(response.statusCode()).isEqualTo(200);
        response.body().close();
        assertThat(provider.awaitDisconnect(TestClient.PATIENCE)).isTrue();
    }

    @Test
    void resetsBeforeTheHeaders() {
        provider.always(new Fault.ResetBeforeHeaders().asReply());

        assertThatThrownBy(() -> client.openai(PLAIN)).isInstanceOf(IOException.class);
        assertThat(provider.disconnects()).isZero();
    }

    @Test
    void resetsInsideTheBody() {
        provider.enqueue(new Fault.ResetInBody().asReply());

        assertBreaksOff(PLAIN);
    }

    /** A reset may overtake what was sent before it, so that a client fails before it has read the status. */
    private void assertBreaksOff(String request) {
        assertThatThrownBy(() -> {
                    HttpResponse<InputStream> response = client.open(request);
                    assertThat(response.statusCode()).isEqualTo(200);
                    response.body().readAllBytes();
                })
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void breaksOffInMidStream(boolean reset) {
        provider.enqueue(reset ? new Fault.ResetMidStream(2).asReply() : new Fault.CloseMidStream(2).asReply());

        assertBreaksOff(STREAM);
    }

    @ParameterizedTest
    @MethodSource("resets")
    void resetsTheConnectionInsteadOfClosingIt(Fault fault) throws Exception {
        provider.enqueue(fault.asReply());
        String head = "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: " + STREAM.length();

        try (Socket socket = new Socket("127.0.0.1", provider.port())) {
            socket.getOutputStream().write((head + "\r\n\r\n" + STREAM).getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    static Stream<Fault> resets() {
        return Stream.of(new Fault.ResetBeforeHeaders(), new Fault.ResetInBody(), new Fault.ResetMidStream(2));
    }

    @Test
    void endsAStreamWithoutItsTerminator() throws Exception {
        provider.enqueue(new Fault.NoTerminator(100).asReply(), new Fault.NoTerminator(100).asReply());

        String openai = client.openai(STREAM).body();
        String anthropic = client.anthropic(STREAM.replaceFirst("\\{", "{\"max_tokens\":50,"))
                .body();

        assertThat(openai).contains("five").doesNotContain("[DONE]", "\"finish_reason\":\"");
        assertThat(anthropic).contains("five", "content_block_stop").doesNotContain("message_delta", "message_stop");
    }

    @Test
    void putsBrokenJsonIntoOneEvent() throws Exception {
        provider.enqueue(new Fault.InvalidJsonEvent(1).asReply());

        String stream = client.openai(STREAM).body();

        assertThat(stream).contains("\"choices\":[{\"delta\":\n\n").endsWith("data: [DONE]\n\n");
    }

    @Test
    void putsTheVendorsErrorIntoAStream() throws Exception {
        provider.always(new Fault.ErrorEvent(2).asReply());

        var openai = client.openai(STREAM);
        var anthropic = client.anthropic(STREAM.replaceFirst("\\{", "{\"max_tokens\":50,"));

        assertThat(openai.statusCode()).isEqualTo(200);
        assertThat(TestClient.data(openai.body()).getLast().at("/error/type").asString(""))
                .isEqualTo("server_error");
        assertThat(anthropic.statusCode()).isEqualTo(200);
        assertThat(anthropic.body())
                .contains("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"");
    }

    @Test
    void dripsTheAnswerByteByByte() throws Exception {
        provider.enqueue(new Fault.SlowDrip(Duration.ZERO).asReply());

        assertThat(client.openai(PLAIN).body()).contains("four five");
    }

    @Test
    void answersWithHtmlNothingOrHalfOfTheJson() throws Exception {
        provider.enqueue(
                new Fault.Html().asReply(),
                new Fault.EmptyBody().asReply(),
                new Fault.EmptyBody().asReply(),
                new Fault.TruncatedJson().asReply());

        assertThat(client.openai(PLAIN).body()).startsWith("<!doctype html>");
        assertThat(client.openai(PLAIN).body()).isEmpty();
        assertThat(client.openai(STREAM).body()).isEmpty();
        String half = client.openai(PLAIN).body();
        assertThat(half).startsWith("{\"id\"");
        assertThatThrownBy(() -> Json.MAPPER.readTree(half)).isInstanceOf(JacksonException.class);
    }

    @Test
    void sendsHeadersWithoutEnd() {
        provider.always(new Fault.EndlessHeaders().asReply());

        assertThatThrownBy(() -> client.openai(PLAIN)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsALineWithoutEnd(boolean stream) throws Exception {
        provider.enqueue(new Fault.EndlessLine().asReply());

        HttpResponse<InputStream> response = client.open(stream ? STREAM : PLAIN);
        byte[] megabyte = response.body().readNBytes(1 << 20);
        response.body().close();

        assertThat(megabyte).hasSize(1 << 20);
        assertThat(new String(megabyte, StandardCharsets.UTF_8).indexOf('\n')).isNegative();
        assertThat(provider.awaitDisconnect(TestClient.PATIENCE)).isTrue();
    }

    @Test
    void sendsBytesThatAreNotHttp() {
        provider.always(new Fault.Garbage().asReply());

        assertThatThrownBy(() -> client.openai(PLAIN)).isInstanceOf(IOException.class);
    }

    @Test
    void aCommandForOneRequestIsOverWithTheFirst() throws Exception {
        String first = TestClient.chat("m", "please sim-error-event-once.", true);
        assertThat(client.openai(first).body()).contains("simulated error inside the stream");
        assertThat(client.openai(first).body()).contains("[DONE]").doesNotContain("simulated error");
        String other = TestClient.chat("m", "again sim-429-once", true);
        assertThat(client.openai(other).statusCode()).isEqualTo(429);
        assertThat(client.openai(other).statusCode()).isEqualTo(200);
    }

    @Test
    void breaksStreamsAloneWhenTheCommandSaysSo() throws Exception {
        String streamed = TestClient.chat("m", "please sim-error-event-streamed.", true);

        assertThat(client.openai(streamed).body()).contains("simulated error inside the stream");
        assertThat(client.openai(streamed.replace("true", "false")).body()).contains("[simulated openai]");
    }

    @Test
    void breaksTheBodyWhereAFaultSpeaksOfEventsAndThereAreNone() throws Exception {
        provider.enqueue(
                new Fault.ErrorEvent(1).asReply(),
                new Fault.InvalidJsonEvent(1).asReply(),
                new Fault.CloseMidStream(1).asReply());

        assertThat(client.openai(PLAIN).statusCode()).isEqualTo(500);
        assertThat(client.openai(PLAIN).body()).doesNotEndWith("}");
        assertThatThrownBy(() -> client.openai(PLAIN)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim-500", "sim-503"})
    void obeysACommandInTheModelsNameOrInThePrompt(String command) throws Exception {
        int status = Integer.parseInt(command.substring(4));

        assertThat(client.openai(TestClient.chat(command, "hello", false)).statusCode())
                .isEqualTo(status);
        assertThat(client.openai(TestClient.chat("m", "please " + command + " now", false))
                        .statusCode())
                .isEqualTo(status);
        assertThat(client.openai(TestClient.chat("m", "sim-unheard-of", false)).statusCode())
                .isEqualTo(200);
    }
}
