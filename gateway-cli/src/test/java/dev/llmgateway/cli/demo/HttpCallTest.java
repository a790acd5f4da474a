package dev.llmgateway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HttpCallTest {

    private static final URI GATEWAY = URI.create("http://127.0.0.1:8930");

    @Test
    void theCommandAndTheRequestSayTheSame() {
        HttpCall call = new HttpCall(
                "-i", "/v1/messages", List.of(new HttpCall.Header("anthropic-version", "2023-06-01")), "{\"a\": 1}");

        HttpRequest request = call.request(GATEWAY);

        assertThat(call.curl(GATEWAY)).isEqualTo("""
                        curl -i http://127.0.0.1:8930/v1/messages \\
                          -H 'content-type: application/json' \\
                          -H 'anthropic-version: 2023-06-01' \\
                          -d '{"a": 1}'""");
        assertThat(request.uri()).hasToString("http://127.0.0.1:8930/v1/messages");
        assertThat(request.headers().map())
                .containsEntry("content-type", List.of("application/json"))
                .containsEntry("anthropic-version", List.of("2023-06-01"));
        assertThat(request.bodyPublisher().orElseThrow().contentLength()).isEqualTo(8);
    }

    @Test
    void anApostropheSurvivesTheShell() {
        HttpCall call = new HttpCall("-i", "/", List.of(), "{\"a\": \"it's\"}");

        assertThat(call.curl(GATEWAY)).endsWith("-d '{\"a\": \"it'\\''s\"}'");
    }
}
