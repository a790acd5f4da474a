package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end customer whom Anthropic's SDKs name in a header ({@code user_profile_id}). */
final class UserProfileOverHttpTest {

    private static final String MESSAGES = "/v1/messages";
    private static final String PROFILE = "anthropic-user-profile-id";
    private static final String HELLO = """
            {"model":"anthropic/claude-sonnet-4-5","max_tokens":50,"messages":[{"role":"user","content":"Hello"}]}""";

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void goesOnToAnthropic() {
        server.post(MESSAGES, HELLO, PROFILE, "uprof_1", "anthropic-beta", "user-profiles-2026-03-24");

        assertThat(server.anthropic.requests().getFirst().header(PROFILE)).isEqualTo("uprof_1");
    }

    @Test
    void anotherOneMakesAnotherRequest() {
        String[] first = {PROFILE, "uprof_1", "Idempotency-Key", "k"};
        String[] second = {PROFILE, "uprof_2", "Idempotency-Key", "k"};

        assertThat(server.post(MESSAGES, HELLO, first).statusCode()).isEqualTo(200);
        assertThat(server.post(MESSAGES, HELLO, first).statusCode()).isEqualTo(200);
        assertThat(server.post(MESSAGES, HELLO, second).statusCode()).isEqualTo(422);
        assertThat(server.anthropic.requests()).hasSize(1);
    }
}
