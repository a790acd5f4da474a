package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseOutputMessage;
import com.openai.models.responses.ResponseOutputText;
import com.openai.models.responses.ResponseReasoningItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.simulated.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenAI's own Java client speaks Responses to every type of provider through the gateway; none stands in for another. */
class ResponsesSdkTest {
    @RegisterExtension
    static final Vendors VENDORS = new Vendors();

    private static final OpenAIClient CLIENT = VENDORS.client(SdkClients::openAiWithoutFailover, OpenAIClient::close);

    private static ResponseCreateParams.Builder ask(ProviderType type) {
        return ResponseCreateParams.builder().model(Vendors.model(type));
    }

    private static Response create(ResponseCreateParams params) {
        return CLIENT.responses().create(params);
    }

    /** Reads a stream to its end; what its events add up to has to be what its last one repeats. */
    private static Response stream(ResponseCreateParams params) {
        ResponseAccumulator whole = ResponseAccumulator.createWithSnapshots();
        try (StreamResponse<ResponseStreamEvent> stream = CLIENT.responses().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        assertThat(text(whole.reconstructedResponse())).isEqualTo(text(whole.response()));
        return whole.response();
    }

    private static String text(Response answer) {
        return answer.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(part -> part.outputText().stream())
                .map(ResponseOutputText::text)
                .collect(Collectors.joining());
    }

    private static List<ResponseFunctionToolCall> calls(Response answer) {
        return answer.output().stream()
                .flatMap(item -> item.functionCall().stream())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void text(ProviderType type) {
        for (boolean streamed : List.of(false, true)) {
            ResponseCreateParams params =
                    ask(type).instructions("Be brief.").input("Hello!").build();

            Response answer = streamed ? stream(params) : create(params);

            assertThat(text(answer)).contains("[simulated " + type.word() + "]").contains("Hello!");
            assertThat(answer.model().asString()).isEqualTo(Vendors.model(type));
            assertThat(answer.status()).contains(ResponseStatus.COMPLETED);
            assertThat(answer.usage().orElseThrow().totalTokens()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aToolRoundTripWithParallelCalls(ProviderType type) {
        for (boolean streamed : List.of(false, true)) {
            List<ResponseInputItem> conversation = new ArrayList<>();
            conversation.add(user("Call both tools for Paris"));
            Response asked = turn(type, conversation, streamed);
            List<ResponseFunctionToolCall> calls = calls(asked);
            assertThat(calls).extracting(ResponseFunctionToolCall::name).containsExactly("get_weather", "get_time");
            assertThat(calls)
                    .allSatisfy(call ->
                            assertThat(Json.parse(call.arguments()).has("city")).isTrue());
            for (ResponseOutputItem item : asked.output()) {
                item.functionCall().ifPresent(call -> conversation.add(ResponseInputItem.ofFunctionCall(call)));
            }
            calls.forEach(call -> conversation.add(result(call)));

            String told = text(turn(type, conversation, streamed));

            assertThat(told).contains("result of get_weather").contains("result of get_time");
        }
    }

    /** As clients do that leave {@code store} at its default. */
    @ParameterizedTest
    @EnumSource
    void aConversationGoesOnByReferencesToWhatWasAnswered(ProviderType type) {
        for (boolean streamed : List.of(false, true)) {
            List<ResponseInputItem> conversation = new ArrayList<>();
            conversation.add(user("sim-talk Call both tools for Paris"));
            Response asked = turn(type, conversation, streamed);
            refer(asked, conversation);
            calls(asked).forEach(call -> conversation.add(result(call)));
            Response told = turn(type, conversation, streamed);
            refer(told, conversation);
            conversation.add(user("And now?"));

            Response last = turn(type, conversation, streamed);

            assertThat(text(asked)).contains("I will look that up.");
            assertThat(text(told)).contains("result of get_weather").contains("result of get_time");
            assertThat(calls(last)).isNotEmpty();
            String read = VENDORS.of(type).requests().getLast().text();
            assertThat(read)
                    .contains("I will look that up.", "The tool said: ", "And now?")
                    .doesNotContain("item_reference");
            VENDORS.reset();
        }
    }

    private static void refer(Response answer, List<ResponseInputItem> conversation) {
        for (ResponseOutputItem item : answer.output()) {
            String id = item.message()
                    .map(ResponseOutputMessage::id)
                    .or(() -> item.reasoning().map(ResponseReasoningItem::id))
                    .or(() -> item.functionCall().flatMap(ResponseFunctionToolCall::id))
                    .orElseThrow();
            conversation.add(ResponseInputItem.ofItemReference(
                    ResponseInputItem.ItemReference.builder().id(id).build()));
        }
    }

    private static ResponseInputItem user(String text) {
        return ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                .role(EasyInputMessage.Role.USER)
                .content(text)
                .build());
    }

    private static ResponseInputItem result(ResponseFunctionToolCall call) {
        return ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.callId())
                .output("result of " + call.name())
                .build());
    }

    private static Response turn(ProviderType type, List<ResponseInputItem> conversation, boolean streamed) {
        ResponseCreateParams params = ask(type)
                .inputOfResponse(conversation)
                .addTool(tool("get_weather"))
                .addTool(tool("get_time"))
                .build();
        return streamed ? stream(params) : create(params);
    }

    private static FunctionTool tool(String name) {
        return FunctionTool.builder()
                .name(name)
                .description("Looks something up")
                .strict(false)
                .parameters(FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                        .build())
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void structuredOutput(ProviderType type) {
        ResponseFormatTextJsonSchemaConfig.Schema schema = ResponseFormatTextJsonSchemaConfig.Schema.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Map.of("answer", Map.of("type", "string"))))
                .putAdditionalProperty("required", JsonValue.from(List.of("answer")))
                .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                .build();

        Response answer = create(ask(type)
                .input("Answer in JSON")
                .text(ResponseTextConfig.builder()
                        .format(ResponseFormatTextJsonSchemaConfig.builder()
                                .name("reply")
                                .schema(schema)
                                .strict(true)
                                .build())
                        .build())
                .build());

        assertThat(Json.parse(text(answer)).get("answer").isString()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void errorsBecomeTheClientsOwnExceptions(ProviderType type) {
        ResponseCreateParams params = ask(type).input("Hello!").build();
        VENDORS.failFourTimes(type);
        assertThatThrownBy(() -> create(params)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> stream(params)).isInstanceOf(InternalServerException.class);
        assertThatThrownBy(() -> create(params)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> create(params))
                .isInstanceOfSatisfying(
                        RateLimitException.class,
                        error -> assertThat(error.headers().values("retry-after"))
                                .containsExactly("7"));
    }

    /** The client itself raises nothing: the event that says so has to be there, and no other end. */
    @ParameterizedTest
    @EnumSource
    void aStreamThatBreaksOffEndsAsAFailedResponse(ProviderType type) {
        for (Fault fault : List.of(new Fault.CloseMidStream(6), new Fault.NoTerminator(6), new Fault.ErrorEvent(6))) {
            VENDORS.of(type).enqueue(fault.asReply());
            List<ResponseStreamEvent> events = new ArrayList<>();
            ResponseCreateParams params =
                    ask(type).input("one two three four five six").build();

            try (StreamResponse<ResponseStreamEvent> stream = CLIENT.responses().createStreaming(params)) {
                stream.stream().forEach(events::add);
            }

            Response failed = events.getLast().failed().orElseThrow().response();
            assertThat(failed.status()).contains(ResponseStatus.FAILED);
            assertThat(failed.error().orElseThrow().message()).isNotBlank();
            VENDORS.reset();
        }
    }

    @Test
    void anUnknownModelIsNotFound() {
        ResponseCreateParams params =
                ResponseCreateParams.builder().model("gpt-4oo").input("Hello!").build();
        assertThatThrownBy(() -> create(params))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        error -> assertThat(error.code()).contains("model_not_found"));
    }

    @Test
    void nothingIsStored() {
        assertThatThrownBy(() -> CLIENT.responses().retrieve("resp_1"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("keeps no answers");
        assertThatThrownBy(() -> CLIENT.responses().delete("resp_1")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> CLIENT.responses().cancel("resp_1")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> create(ask(ProviderType.OPENAI)
                        .input("And then?")
                        .previousResponseId("resp_1")
                        .build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("keeps no conversations");
    }
}
