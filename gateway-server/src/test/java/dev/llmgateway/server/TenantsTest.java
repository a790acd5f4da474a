package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.client.AnthropicClient;
import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmgateway.providers.simulated.ReceivedRequest;
import dev.llmgateway.providers.simulated.Reply;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers with virtual keys, over HTTP. */
class TenantsTest {

    private static final String CONFIG = """
            [auth]
            admin_key = "vk-admin"
            [key_map.vk-alpha]
            label = "Team Alpha"
            openai_key = "sk-own-alpha"
            anthropic_key = "sk-ant-own-alpha"
            [key_map.vk-beta]
            label = "Team Beta"
            """;

    @RegisterExtension
    static final TestServer SERVER = TestServer.start(CONFIG);

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String UNKNOWN = "the key that was sent is not known here";

    private static String ask(String model, boolean stream) {
        return """
                {"model":"%s","stream":%s,"max_tokens":100,"messages":[{"role":"user","content":"Hello!"}]}\
                """.formatted(model, stream);
    }

    private static String question() {
        return ask("gpt-4o", false);
    }

    @Test
    void bothHeadersWorkForBothDialects() {
        for (String path : List.of(CHAT, MESSAGES)) {
            assertThat(SERVER.post(path, question(), "authorization", "Bearer vk-beta")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(SERVER.post(path, question(), "authorization", "bearer  vk-beta ")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(SERVER.post(path, question(), "x-api-key", "vk-beta").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void ofTwoKeysTheKnownOneCounts() {
        assertThat(SERVER.post(MESSAGES, question(), "x-api-key", "vk-beta", "authorization", "Bearer sk-ant-vendors")
                        .statusCode())
                .isEqualTo(200);
        assertThat(SERVER.post(MESSAGES, question(), "x-api-key", "sk-vendors", "authorization", "Bearer vk-beta")
                        .statusCode())
                .isEqualTo(200);
        assertThat(SERVER.post(MESSAGES, question(), "x-api-key", "sk-1", "authorization", "Bearer sk-2")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void refusesUnknownAndMissingKeysInTheCallersDialect() {
        long asked = SERVER.openAi.requestCount();
        HttpResponse<String> openAi = SERVER.post(CHAT, question(), "authorization", "Bearer vk-alph");
        assertThat(openAi.statusCode()).isEqualTo(401);
        assertThat(openAi.body())
                .contains("\"code\":\"invalid_api_key\"")
                .contains(UNKNOWN)
                .doesNotContain("vk-alph");
        assertThat(openAi.headers().firstValue("www-authenticate")).hasValue("Bearer");

        HttpResponse<String> anthropic = SERVER.post(MESSAGES, question());
        assertThat(anthropic.statusCode()).isEqualTo(401);
        assertThat(anthropic.body())
                .contains("\"type\":\"authentication_error\"")
                .contains("this needs a key");
        assertThat(SERVER.openAi.requestCount()).isEqualTo(asked);
    }

    @Test
    void whatClientsAskBesideCallsNeedsAKeyToo() {
        String count = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        for (String path : List.of("/v1/models", "/v1/models/openai/gpt-4o")) {
            assertThat(SERVER.get(path).statusCode()).isEqualTo(401);
            assertThat(SERVER.get(path, "x-api-key", "vk-beta").statusCode()).isEqualTo(200);
        }
        assertThat(SERVER.post(MESSAGES + "/count_tokens", count).statusCode()).isEqualTo(401);
        assertThat(SERVER.post(MESSAGES + "/count_tokens", count, "x-api-key", "vk-beta")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsNoCallNeedsNoKey() {
        for (String path : List.of("/", "/health", "/api/hello", "/pp/version")) {
            assertThat(SERVER.get(path).statusCode()).as(path).isEqualTo(200);
        }
        for (String path : List.of("/", "/api/hello")) {
            assertThat(SERVER.send(SERVER.builder(path).method("HEAD", BodyPublishers.noBody()))
                            .statusCode())
                    .as("HEAD " + path)
                    .isEqualTo(200);
        }
    }

    @Test
    void keysForCallsAndForManagementDoNotOpenEachOther() {
        assertThat(SERVER.post(CHAT, question(), "authorization", "Bearer vk-admin")
                        .statusCode())
                .isEqualTo(401);
        assertThat(SERVER.get("/v1/models", "x-api-key", "vk-admin").statusCode())
                .isEqualTo(401);
        assertThat(SERVER.get("/v1/providers", "x-api-key", "vk-alpha").statusCode())
                .isEqualTo(401);
        assertThat(SERVER.get("/v1/providers", "x-api-key", "vk-admin").statusCode())
                .isEqualTo(200);
    }

    @Test
    void callsProvidersWithTheTenantsOwnKeys() {
        SERVER.post(CHAT, question(), "x-api-key", "vk-alpha");
        SERVER.post(CHAT, ask("claude-sonnet-4-5", true), "x-api-key", "vk-alpha");
        assertThat(header(SERVER.openAi.requests().getLast(), "authorization")).isEqualTo("Bearer sk-own-alpha");
        assertThat(header(SERVER.anthropic.requests().getLast(), "x-api-key")).isEqualTo("sk-ant-own-alpha");

        SERVER.post(CHAT, question(), "x-api-key", "vk-beta");
        assertThat(header(SERVER.openAi.requests().getLast(), "authorization")).isEqualTo("Bearer sk-test");
    }

    private static String header(ReceivedRequest request, String name) {
        return String.valueOf(request.header(name));
    }

    @Test
    void aDeniedCallIsCounted() {
        double before = refusals();
        SERVER.post(CHAT, question(), "x-api-key", "wrong");
        SERVER.get("/v1/models");
        assertThat(refusals()).isEqualTo(before + 2);
    }

    private static double refusals() {
        return SERVER.get("/metrics", "x-api-key", "vk-admin")
                .body()
                .lines()
                .filter(line -> line.startsWith("gateway_requests_total") && line.contains("status=\"401\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void aLargeBodyOfAnUnknownCallerIsNotKept() {
        HttpRequest.Builder request = SERVER.builder(CHAT, "x-api-key", "wrong")
                .POST(BodyPublishers.ofInputStream(() -> new Zeros(30_000_000)));
        HttpResponse<String> answer = SERVER.send(request);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains(UNKNOWN);
    }

    /** So many bytes, without the memory for them. */
    private static final class Zeros extends InputStream {
        private int left;

        Zeros(int count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? '0' : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = Math.min(left, length);
            Arrays.fill(into, offset, offset + count, (byte) '0');
            left -= count;
            return count;
        }
    }

    @Test
    void noKeyLeavesTheGateway() {
        Lines lines = new Lines();
        Logger all = Logger.getLogger("dev.llmgateway");
        Level before = all.getLevel();
        all.addHandler(lines);
        all.setLevel(Level.ALL);
        List<String> seen = new CopyOnWriteArrayList<>();
        try (TestServer server = TestServer.start(CONFIG)) {
            for (String key : List.of("vk-alpha", "vk-beta", "vk-unknown", "vk-admin")) {
                for (int status : new int[] {400, 401, 403, 500}) {
                    String sent = key.equals("vk-alpha") ? "sk-own-alpha" : "sk-test";
                    server.openAi.enqueue(new Reply.Failure(status, Map.of(), "wrong key " + sent));
                    seen.add(all(server.post(CHAT, question(), "authorization", "Bearer " + key)));
                }
                seen.add(all(server.post(CHAT, question(), "x-api-key", key)));
                seen.add(all(server.get("/v1/models", "x-api-key", key)));
                seen.add(all(server.post(CHAT, "{}", "x-api-key", key)));
            }
            for (String path : List.of("/metrics", "/v1/providers", "/v1/catalog", "/health")) {
                seen.add(all(server.get(path, "x-api-key", "vk-admin")));
            }
        } finally {
            all.removeHandler(lines);
            all.setLevel(before);
        }
        seen.addAll(lines.all);
        assertThat(lines.all).anySatisfy(line -> assertThat(line).contains("Tenants: team-alpha, team-beta"));
        assertThat(seen).allSatisfy(text -> assertThat(text).doesNotContain("vk-", "sk-"));
    }

    private static String all(HttpResponse<String> answer) {
        return answer.headers().map() + answer.body();
    }

    private static final class Lines extends Handler {
        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            StringBuilder line = new StringBuilder(entry.getMessage());
            for (Throwable cause = entry.getThrown(); cause != null; cause = cause.getCause()) {
                line.append(' ').append(cause);
            }
            all.add(line.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void whereNoKeyIsRequiredUnknownCallersAreTheDefaultTenant() {
        String config = CONFIG.replace("[auth]", "[auth]\nrequired = false");
        try (TestServer server = TestServer.start(config)) {
            assertThat(server.post(CHAT, question()).statusCode()).isEqualTo(200);
            assertThat(server.post(CHAT, question(), "x-api-key", "any").statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/v1/models").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theVendorsClientsKnowThatTheirKeyIsWrong() {
        OpenAIClient openAi =
                SdkClients.openAiSettings(SERVER.gateway.uri()).apiKey("wrong").build();
        AnthropicClient anthropic = SdkClients.anthropicSettings(SERVER.gateway.uri())
                .apiKey("wrong")
                .build();
        try {
            assertThatExceptionOfType(com.openai.errors.UnauthorizedException.class)
                    .isThrownBy(() -> openAi.chat()
                            .completions()
                            .create(ChatCompletionCreateParams.builder()
                                    .model("gpt-4o")
                                    .addUserMessage("hi")
                                    .build()))
                    .withMessageContaining(UNKNOWN);
            assertThatExceptionOfType(com.anthropic.errors.UnauthorizedException.class)
                    .isThrownBy(() -> anthropic.models().list())
                    .withMessageContaining(UNKNOWN);
        } finally {
            openAi.close();
            anthropic.close();
        }
    }

    @Test
    void readsNoBodyForAKeyButStillAnswersBadOnesOfKnownCallers() {
        assertThat(SERVER.post(CHAT, "no json", "x-api-key", "wrong").statusCode())
                .isEqualTo(401);
        assertThat(SERVER.post(CHAT, "no json", "x-api-key", "vk-beta").statusCode())
                .isEqualTo(400);
    }
}
