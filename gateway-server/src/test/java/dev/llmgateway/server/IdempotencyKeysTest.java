package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may send as its {@code Idempotency-Key}. */
final class IdempotencyKeysTest {

    private static final TestServer SERVER = TestServer.start();
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = """
            {"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hello"}]}""";

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static String answer(String... headers) throws IOException {
        try (RawClient client = new RawClient(SERVER.gateway.uri())) {
            return client.post(CHAT, BODY, headers).readAnswer();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\tb"})
    void anEmptyOneOrOneWithAControlCharacterIsRefused(String key) throws IOException {
        assertThat(answer("Idempotency-Key: " + key + "\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Idempotency-Key: must have from 1 to 255 characters");
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 10_000})
    void aLongOneIsRefused(int length) throws IOException {
        assertThat(answer("Idempotency-Key: " + "k".repeat(length) + "\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Idempotency-Key: must have from 1 to 255 characters");
    }

    @Test
    void theLongestOneIsTaken() throws IOException {
        assertThat(answer("Idempotency-Key: " + "k".repeat(255) + "\r\n")).startsWith("HTTP/1.1 200 ");
    }

    /** The bytes of letters in UTF-8, read one by one, look like control characters of another encoding. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00e4\u00f6", "\u2603", "\u4f60\u597d", "\ud83d\ude00"})
    void oneInAnyLanguageIsTaken(String key) throws IOException {
        String bytes = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(answer("Idempotency-Key: " + bytes + "\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(answer("Idempotency-Key: " + bytes + "\r\n")).containsIgnoringCase("x-gateway-idempotent: true");
    }

    @Test
    void twoAreRefused() throws IOException {
        assertThat(answer("Idempotency-Key: one\r\n", "idempotency-key: two\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Idempotency-Key: must be sent once, not 2 times");
    }
}
