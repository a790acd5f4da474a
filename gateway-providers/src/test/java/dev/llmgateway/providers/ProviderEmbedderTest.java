package dev.llmgateway.providers;

import static dev.llmgateway.providers.TestCalls.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.ProviderFailed.Phase;
import dev.llmgateway.api.spi.Embedding;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderEmbedderTest {

    private static final String PATH = "/embeddings";

    private final SimulatedProvider sim = SimulatedProvider.start();

    @AfterEach
    void close() {
        sim.close();
    }

    private ProviderEmbedder embedder(Duration timeout) {
        return Providers.builder(ProviderType.OPENAI, "openai")
                .endpoint(sim.uri().toString())
                .apiKey("k-1")
                .embedder("text-embedding-3-small", timeout);
    }

    private float[] embed(String text) {
        try (ProviderEmbedder embedder = embedder(PATIENCE)) {
            return embedder.embed(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI,/v1/embeddings,authorization,Bearer k-1",
        "DEEP_INFRA,/v1/openai/embeddings,authorization,Bearer k-1",
        "GOOGLE,/v1beta/openai/embeddings,authorization,Bearer k-1",
        "LOCAL,/v1/embeddings,authorization,Bearer k-1",
        "AZURE_OPENAI,/openai/v1/embeddings,api-key,k-1"
    })
    void asksEveryVendorWhereItsEmbeddingsAre(ProviderType type, String path, String header, String value)
            throws Exception {
        try (ProviderEmbedder embedder = Providers.builder(type, "p")
                .endpoint(sim.uri().toString())
                .deployment("for-chats")
                .apiKey("k-1")
                .embedder("small", PATIENCE)) {
            assertThat(embedder.embed("Good morning")).hasSize(256);
        }
        var request = sim.awaitRequest(PATIENCE);
        assertThat(request.path()).isEqualTo(path);
        assertThat(request.header(header)).isEqualTo(value);
        assertThat(request.text()).isEqualTo("{\"model\":\"small\",\"input\":\"Good morning\"}");
    }

    @Test
    void azuresOlderAddressNamesTheEmbeddingModelsDeployment() throws Exception {
        try (ProviderEmbedder embedder = Providers.builder(ProviderType.AZURE_OPENAI, "azure")
                .endpoint(sim.uri().toString())
                .deployment("for-chats")
                .apiVersion("2024-10-21")
                .embedder("for-texts", PATIENCE)) {
            embedder.embed("Good morning");
        }
        var request = sim.awaitRequest(PATIENCE);
        assertThat(request.path()).isEqualTo("/openai/deployments/for-texts/embeddings");
        assertThat(request.query()).isEqualTo("api-version=2024-10-21");
    }

    @ParameterizedTest
    @EnumSource(names = {"ANTHROPIC", "GROQ"})
    void vendorsWithoutEmbeddingsAreRefused(ProviderType type) {
        assertThatIllegalStateException()
                .isThrownBy(() -> Providers.builder(type, "p").embedder("small", PATIENCE))
                .withMessageContaining("has no embedding models");
    }

    @Test
    void aModelAndATimeoutAreNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Providers.builder(ProviderType.OPENAI, "p").embedder(" ", PATIENCE));
        assertThatIllegalArgumentException().isThrownBy(() -> embedder(Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 429, 503})
    void anErrorKeepsItsStatusAndTellsNoKey(int status) {
        sim.byPath(PATH, Reply.failure(status));

        assertThatExceptionOfType(ProviderFailed.class)
                .isThrownBy(() -> embed("Hello"))
                .satisfies(e -> assertThat(e.error().status()).isEqualTo(status))
                .withMessageNotContaining("k-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"data\":[]}",
                "{\"data\":[{\"embedding\":[]}]}",
                "{\"data\":[{\"embedding\":[1,\"2\"]}]}",
                "{\"data\":[{\"embedding\":[1e60]}]}",
                "{\"data\":[{\"embedding\":",
                "<html>"
            })
    void somethingElseThanAnEmbeddingIsAFailure(String body) {
        sim.byPath(PATH, Reply.json(200, body));

        assertThatExceptionOfType(ProviderFailed.class)
                .isThrownBy(() -> embed("Hello"))
                .satisfies(e -> assertThat(e.phase()).isEqualTo(Phase.MALFORMED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"prompt_tokens\":7,\"total_tokens\":7}|7|false", "{}|1|true", "{\"prompt_tokens\":-1}|1|true"})
    void whatItCostIsToldOrElseEstimated(String usage, long tokens, boolean isEstimated) {
        sim.byPath(PATH, Reply.json(200, "{\"data\":[{\"embedding\":[1]}],\"usage\":" + usage + "}"));

        try (ProviderEmbedder embedder = embedder(PATIENCE)) {
            assertThat(embedder.embedding("Hello").cost())
                    .isEqualTo(
                            new Embedding.Cost("openai", "text-embedding-3-small", Usage.of(tokens, 0), isEstimated));
        }
    }

    @Test
    void anAnswerTooLongIsNotRead() {
        sim.byPath(PATH, Reply.json(200, " ".repeat(5 * 1024 * 1024)));

        assertThatExceptionOfType(ProviderFailed.class)
                .isThrownBy(() -> embed("Hello"))
                .withMessageContaining("too long");
    }

    @Test
    void silenceEndsWithTheTimeout() {
        sim.byPath(PATH, new Fault.StallBeforeFirstByte().asReply());

        try (ProviderEmbedder embedder = embedder(Duration.ofMillis(200))) {
            assertThatExceptionOfType(GatewayException.TimedOut.class).isThrownBy(() -> embedder.embed("Hello"));
        }
    }

    @Test
    void aBrokenConnectionIsAFailure() {
        sim.byPath(PATH, new Fault.ResetBeforeHeaders().asReply());

        assertThatExceptionOfType(ProviderFailed.class).isThrownBy(() -> embed("Hello"));
    }
}
