package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.models.ModelInfo;
import com.openai.client.OpenAIClient;
import com.openai.errors.NotFoundException;
import com.openai.models.models.Model;
import dev.llmgateway.ir.json.Json;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Single models, as the vendors' Java clients ask for them. */
class ModelsSdkTest {

    @RegisterExtension
    static final TestServer SERVER = TestServer.start("""
            [server]
            port = 0
            [model_routing.aliases]
            fast = "openai/gpt-4o-mini"
            "team/best" = "anthropic/claude-sonnet-5-5"
            """);

    private static final OpenAIClient OPENAI = SdkClients.openAi(SERVER.gateway.uri());
    private static final AnthropicClient ANTHROPIC = SdkClients.anthropic(SERVER.gateway.uri());

    @AfterAll
    static void stop() {
        OPENAI.close();
        ANTHROPIC.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "openai/gpt-4o", "fast", "team/best", "claude-sonnet-5-5", "auto"})
    void everyNameOfAModelIsFoundByBoth(String name) {
        Model one = OPENAI.models().retrieve(name).validate();
        ModelInfo other = ANTHROPIC.models().retrieve(name).validate();

        assertThat(one.id()).isEqualTo(name);
        assertThat(one._object_().asStringOrThrow()).isEqualTo("model");
        assertThat(other.id()).isEqualTo(name);
        assertThat(other.displayName()).isNotEmpty();
        assertThat(other._type().asStringOrThrow()).isEqualTo("model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4x", "openai/made-up", "nobody/gpt-4o", "text-embedding-3-small", "a b\"/ä"})
    void whatIsNotListedIsNotFoundInTheWordsOfEach(String name) {
        NotFoundException one = catchThrowableOfType(
                NotFoundException.class, () -> OPENAI.models().retrieve(name));
        com.anthropic.errors.NotFoundException other = catchThrowableOfType(
                com.anthropic.errors.NotFoundException.class,
                () -> ANTHROPIC.models().retrieve(name));

        assertThat(one.code()).hasValue("model_not_found");
        assertThat(one.type()).hasValue("invalid_request_error");
        assertThat(other.body().toString()).contains("not_found_error", "model");
    }

    @Test
    void aModelIsTheElementOfTheListHoweverItsSlashIsWritten() {
        for (String[] headers : new String[][] {{}, {"anthropic-version", "2023-06-01"}}) {
            JsonNode element = json(SERVER.get("/v1/models", headers))
                    .get("data")
                    .valueStream()
                    .filter(model -> model.get("id").stringValue().equals("openai/gpt-4o"))
                    .findFirst()
                    .orElseThrow();

            for (String path : new String[] {"openai/gpt-4o", "openai%2Fgpt-4o", "openai%2fgpt%2D4o"}) {
                assertThat(json(SERVER.get("/v1/models/" + path, headers))).isEqualTo(element);
            }
        }
    }

    @Test
    void theListsAreWhatBothExpect() {
        assertThat(OPENAI.models().list().data()).isNotEmpty().allSatisfy(Model::validate);
        assertThat(ANTHROPIC.models().list().data()).isNotEmpty().allSatisfy(ModelInfo::validate);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }
}
