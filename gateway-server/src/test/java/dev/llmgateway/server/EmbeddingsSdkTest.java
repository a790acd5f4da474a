package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.RateLimitException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.simulated.ReceivedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenAI's own Java client has texts embedded by every type of provider through the gateway. */
final class EmbeddingsSdkTest {

    @RegisterExtension
    static final Vendors VENDORS = new Vendors();

    private static final OpenAIClient CLIENT = VENDORS.client(SdkClients::openAi, OpenAIClient::close);

    private static EmbeddingCreateParams.Builder ask(ProviderType type) {
        return EmbeddingCreateParams.builder()
                .model(Vendors.model(type))
                .inputOfArrayOfStrings(List.of("one", "two words"));
    }

    @ParameterizedTest
    @EnumSource(
            value = ProviderType.class,
            names = {"OPENAI", "GOOGLE", "DEEP_INFRA", "AZURE_OPENAI", "LOCAL"})
    void everyVendorWithEmbeddingsServesThem(ProviderType type) {
        CreateEmbeddingResponse answer =
                CLIENT.embeddings().create(ask(type).dimensions(8).build());

        assertThat(answer.data()).hasSize(2);
        assertThat(answer.data()).allMatch(each -> each.embedding().size() == 8);
        assertThat(sum(answer, 0)).isEqualTo(1);
        assertThat(sum(answer, 1)).isEqualTo(2);
        assertThat(answer.usage().promptTokens()).isEqualTo(3);
        assertThat(answer.model()).isEqualTo(Vendors.model(type));
        ReceivedRequest received = VENDORS.of(type).requests().getFirst();
        assertThat(received.path()).endsWith("/embeddings");
        assertThat(received.json().get("encoding_format").stringValue()).isEqualTo("base64");
    }

    private static double sum(CreateEmbeddingResponse answer, int index) {
        return answer.data().get(index).embedding().stream()
                .mapToDouble(Number::doubleValue)
                .sum();
    }

    @Test
    void floatsAreTheSameNumbers() {
        CreateEmbeddingResponse base64 =
                CLIENT.embeddings().create(ask(ProviderType.OPENAI).build());
        CreateEmbeddingResponse floats = CLIENT.embeddings()
                .create(ask(ProviderType.OPENAI)
                        .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                        .build());

        assertThat(floats.data().get(1).embedding())
                .isEqualTo(base64.data().get(1).embedding());
    }

    @ParameterizedTest
    @EnumSource(
            value = ProviderType.class,
            names = {"ANTHROPIC", "GROQ"})
    void aVendorWithoutEmbeddingsSaysSo(ProviderType type) {
        assertThatThrownBy(() -> CLIENT.embeddings().create(ask(type).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("provider \"" + type.word() + "\" has no embeddings");
    }

    @Test
    void limitsCountTheTokensOfTheTexts() {
        try (TestServer server = TestServer.start("""
                        [rate_limit]
                        enabled = true
                        default_limits = { rpm = 100, tpm = 50 }
                        """)) {
            OpenAIClient client = SdkClients.openAi(server.gateway.uri());
            EmbeddingCreateParams few = EmbeddingCreateParams.builder()
                    .model("text-embedding-3-small")
                    .input("a few words are embedded here")
                    .build();
            EmbeddingCreateParams many =
                    few.toBuilder().input("word ".repeat(46)).build();

            assertThat(client.embeddings().create(few).data()).hasSize(1);
            assertThatThrownBy(() -> client.embeddings().create(many)).isInstanceOf(RateLimitException.class);
            assertThat(server.openAi.requestCount()).isOne();
            client.close();
        }
    }
}
