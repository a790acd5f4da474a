package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.MessageContentParam;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Tool;
import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vendors' own Java clients get the best model for their request, whichever dialect they speak. */
class RoutingSdkTest {
    private static final ThreeColours COLOURS = new ThreeColours();
    private static final OpenAIClient OPENAI = SdkClients.openAi(COLOURS.uri());
    private static final AnthropicClient ANTHROPIC = SdkClients.anthropic(COLOURS.uri());

    /** Who answered, and what the answer says of the end of the model's life. */
    private record Answered(String target, Optional<String> deprecation) {}

    @AfterAll
    static void stop() {
        OPENAI.close();
        ANTHROPIC.close();
        COLOURS.close();
    }

    @BeforeEach
    void reset() {
        COLOURS.reset();
    }

    private static Answered openAi(String model, UnaryOperator<ChatCompletionCreateParams.Builder> ask) {
        ChatCompletionCreateParams params =
                ask.apply(ChatCompletionCreateParams.builder().model(model)).build();
        try (var answer = OPENAI.chat().completions().withRawResponse().create(params)) {
            return answered(name -> answer.headers().values(name));
        }
    }

    private static Answered anthropic(String model, UnaryOperator<MessageCreateParams.Builder> ask) {
        MessageCreateParams params = ask.apply(
                        MessageCreateParams.builder().model(model).maxTokens(1024))
                .build();
        try (var answer = ANTHROPIC.messages().withRawResponse().create(params)) {
            return answered(name -> answer.headers().values(name));
        }
    }

    private static Answered answered(Function<String, List<String>> headers) {
        return new Answered(
                headers.apply("x-gateway-provider").getFirst() + "/"
                        + headers.apply("x-gateway-model").getFirst(),
                headers.apply("x-gateway-deprecation").stream().findFirst());
    }

    /** Both clients with a plain question. */
    private static List<Answered> ask(String model, Map<String, String> headers) {
        return List.of(
                openAi(model, ask -> {
                    headers.forEach(ask::putAdditionalHeader);
                    return ask.addUserMessage("Hello!");
                }),
                anthropic(model, ask -> {
                    headers.forEach(ask::putAdditionalHeader);
                    return ask.addUserMessage("Hello!");
                }));
    }

    private static List<String> targets(String model, Map<String, String> headers) {
        return ask(model, headers).stream().map(Answered::target).toList();
    }

    @Test
    void anAliasIsTheModelThatItStandsFor() {
        assertThat(targets("best", Map.of())).containsOnly("blue/clever");
    }

    /** The arithmetic is in {@link ThreeColours}, the weights are the manual's. */
    @ParameterizedTest
    @CsvSource({
        "realtime, red/quick",
        "interactive, green/cheap",
        "batch, green/cheap",
        "cost_optimized, green/cheap",
        "quality_optimized, blue/clever",
        "balanced, green/cheap",
        "reasoning, blue/clever",
        "creative, green/cheap",
        "code, red/coder",
    })
    void autoIsTheBestModelForTheProfile(String profile, String best) {
        assertThat(targets("auto", Map.of("x-routing-profile", profile))).containsOnly(best);
    }

    /** Without tools the cheap one would do; the clever one is too slow for the balanced profile. */
    @Test
    void anImageAndAToolAreAnsweredByAModelThatSeesAndCalls() {
        assertThat(imageAndToolByOpenAi("auto")).isEqualTo("red/coder");
        assertThat(imageAndToolByAnthropic("auto")).isEqualTo("red/coder");
        assertThat(COLOURS.red.requests().getLast().text())
                .contains(TinyPng.BASE64)
                .contains("\"look\"");
        assertThatThrownBy(() -> imageAndToolByOpenAi("green/cheap"))
                .isInstanceOfSatisfying(
                        OpenAIServiceException.class,
                        error -> assertThat(error.statusCode()).isEqualTo(400))
                .hasMessageContaining("tool_use")
                .hasMessageContaining("card says no");
    }

    private static String imageAndToolByOpenAi(String model) {
        ChatCompletionContentPart picture =
                ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                        .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                                .url("data:image/png;base64," + TinyPng.BASE64)
                                .build())
                        .build());
        ChatCompletionContentPart question = ChatCompletionContentPart.ofText(
                ChatCompletionContentPartText.builder().text("What is this?").build());
        ChatCompletionFunctionTool look = ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name("look")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .build())
                        .build())
                .build();
        return openAi(model, ask -> ask.addTool(look).addUserMessageOfArrayOfContentParts(List.of(question, picture)))
                .target();
    }

    private static String imageAndToolByAnthropic(String model) {
        ContentBlockParam picture = ContentBlockParam.ofImage(Base64ImageSource.builder()
                .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                .data(TinyPng.BASE64)
                .build());
        Tool look = Tool.builder()
                .name("look")
                .inputSchema(Tool.InputSchema.builder().build())
                .build();
        return anthropic(
                        model,
                        ask -> ask.addTool(look)
                                .addUserMessage(MessageContentParam.ofContentBlockParams(
                                        List.of(ContentBlockParam.ofText("What is this?"), picture))))
                .target();
    }

    @Test
    void aPromptOf300000TokensGoesWhereItFits() {
        String prompt = "The quick brown fox jumps over the lazy dog. ".repeat(30_000);

        assertThat(openAi("auto", ask -> ask.addUserMessage(prompt)).target()).isEqualTo("green/cheap");
        assertThat(anthropic("auto", ask -> ask.addUserMessage(prompt)).target())
                .isEqualTo("green/cheap");
        assertThatThrownBy(() -> openAi("best", ask -> ask.addUserMessage(prompt)))
                .isInstanceOfSatisfying(OpenAIServiceException.class, error -> {
                    assertThat(error.statusCode()).isEqualTo(413);
                    assertThat(error.headers().values("x-context-window-limit")).containsExactly("200000");
                });
        assertThatThrownBy(() -> anthropic("best", ask -> ask.addUserMessage(prompt)))
                .isInstanceOfSatisfying(AnthropicServiceException.class, error -> {
                    assertThat(error.statusCode()).isEqualTo(413);
                    assertThat(error.headers().values("x-context-window-limit")).containsExactly("200000");
                });
    }

    @Test
    void aModelThatGoesAwayWarnsUntilItsDayAndIsReplacedFromThenOn() {
        assertThat(ask("red/old", Map.of())).containsOnly(new Answered("red/old", Optional.of("2026-12-01")));

        COLOURS.now("2026-12-01T00:00:00Z");

        assertThat(ask("red/old", Map.of())).containsOnly(new Answered("red/quick", Optional.of("2026-12-01")));
    }

    @Test
    void aModelThatGoesAwayWithoutAReplacementIsGoneFromItsDayOn() {
        assertThat(targets("red/forgotten", Map.of())).containsOnly("red/forgotten");

        COLOURS.now("2026-12-01T00:00:00Z");

        assertThatThrownBy(() -> openAi("red/forgotten", ask -> ask.addUserMessage("Hello!")))
                .isInstanceOfSatisfying(OpenAIServiceException.class, error -> {
                    assertThat(error.statusCode()).isEqualTo(410);
                    assertThat(error.code()).contains("model_retired");
                    assertThat(error.headers().values("x-gateway-deprecation")).containsExactly("2026-12-01");
                });
        assertThatThrownBy(() -> anthropic("red/forgotten", ask -> ask.addUserMessage("Hello!")))
                .isInstanceOfSatisfying(
                        AnthropicServiceException.class,
                        error -> assertThat(error.statusCode()).isEqualTo(410));
    }

    @Test
    void theOutageOfOneProviderNeverTakesTheWholeChain() {
        COLOURS.red.outage(true);

        assertThat(targets("auto", Map.of("x-routing-profile", "code"))).doesNotContain("red/coder", "red/quick");
        assertThat(targets("red/coder", Map.of())).doesNotContain("red/coder", "red/quick");
    }

    @Test
    void aConversationStaysWithItsModel() {
        Map<String, String> conversation = Map.of("x-gateway-conversation-id", "c-1", "x-routing-profile", "code");
        assertThat(targets("auto", conversation)).containsOnly("red/coder");

        assertThat(targets("auto", Map.of("x-gateway-conversation-id", "c-1"))).containsOnly("red/coder");
        assertThat(targets("auto", Map.of("x-gateway-conversation-id", "c-2"))).containsOnly("green/cheap");
    }
}
