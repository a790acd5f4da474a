package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.CODEC;
import static dev.llmgateway.ir.anthropic.TestData.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.codec.UntranslatableException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What another dialect's request becomes at Anthropic, and what is named as lost. */
class RequestWritingTest {

    private static final Tool LOOK =
            new Tool.Function("look", "Looks.", json("{'type':'object','properties':{'q':{'type':'string'}}}"));
    private static final Content.Text ANSWER = new Content.Text("ok");

    private static ChatRequest.Builder ask() {
        return ChatRequest.builder("m").user("hi").decodedFrom(Dialect.OPENAI_CHAT, null);
    }

    private static ChatRequest.Builder conversation(Message... messages) {
        return ChatRequest.builder("m").messages(List.of(messages)).decodedFrom(Dialect.OPENAI_CHAT, null);
    }

    private static EncodedRequest write(ChatRequest.Builder request) {
        return CODEC.encodeRequest(request.build(), TestData.TARGET);
    }

    private static EncodedRequest write(ChatRequest.Builder request, UnaryOperator<ModelTraits.Builder> traits) {
        ModelTraits changed = traits.apply(ModelTraits.anthropic().toBuilder()).build();
        return CODEC.encodeRequest(request.build(), new Target("anthropic", "claude-test", changed));
    }

    private static JsonNode written(ChatRequest.Builder request) {
        return json(write(request).body());
    }

    private static JsonNode messages(Message... messages) {
        return written(conversation(messages)).get("messages");
    }

    private static Message calls(Content... parts) {
        return new Message(Role.ASSISTANT, List.of(parts));
    }

    @Test
    void theShortestRequestSaysOnlyWhatIsRequired() {
        assertThat(written(ask()))
                .isEqualTo(
                        json("{'model':'claude-test','max_tokens':4096,'messages':[{'role':'user','content':'hi'}]}"));
    }

    @Test
    void theOlderVersionIsAskedForBecauseItAlsoTakesSampling() {
        assertThat(write(ask().sampling(Sampling.temperature(0.5))).headers())
                .containsExactly(Map.entry("anthropic-version", "2023-06-01"));
    }

    @Test
    void maxTokensDefaultsToTheModelsLargestAnswerAndIsNeverLarger() {
        assertThat(json(write(ask(), t -> t.maxOutputTokens(8000)).body())
                        .get("max_tokens")
                        .intValue())
                .isEqualTo(8000);
        assertThat(json(write(ask().maxOutputTokens(99_999), t -> t.maxOutputTokens(8000))
                                .body())
                        .get("max_tokens")
                        .intValue())
                .isEqualTo(8000);
        assertThat(written(ask().maxOutputTokens(77)).get("max_tokens").intValue())
                .isEqualTo(77);
    }

    @Test
    void leadingInstructionsAreJoinedInOrderAndKeepTheirBoundaries() {
        JsonNode body = written(conversation(
                Message.system("one"),
                new Message(Role.DEVELOPER, List.of(new Content.Text("two"))),
                Message.user("hi")));
        assertThat(body.get("system")).isEqualTo(json("[{'type':'text','text':'one'},{'type':'text','text':'two'}]"));
        assertThat(body.get("messages")).hasSize(1);
    }

    @Test
    void instructionsBehindAUserTurnStayInPlace() {
        assertThat(messages(Message.user("a"), Message.system("s"), Message.system("t"), Message.user("b")))
                .isEqualTo(json("[{'role':'user','content':'a'},"
                        + "{'role':'system','content':[{'type':'text','text':'s'},{'type':'text','text':'t'}]},"
                        + "{'role':'user','content':'b'}]"));
    }

    @Test
    void instructionsBehindAnAssistantTurnAreToldInAUserTurn() {
        assertThat(messages(Message.user("a"), Message.assistant("b"), Message.system("s"), Message.user("c")))
                .isEqualTo(json("[{'role':'user','content':'a'},{'role':'assistant','content':'b'},"
                        + "{'role':'user','content':'<system-instructions>\\ns\\n</system-instructions>'},"
                        + "{'role':'user','content':'c'}]"));
    }

    @Test
    void aModelWithoutMidInstructionsIsToldThemInAUserTurn() {
        JsonNode body = json(write(
                        conversation(Message.user("a"), Message.system("s"), Message.user("c")),
                        t -> t.acceptsMidInstructions(false))
                .body());
        assertThat(body.get("messages").get(1))
                .isEqualTo(json("{'role':'user','content':'<system-instructions>\\ns\\n</system-instructions>'}"));
    }

    @Test
    void aConversationOfInstructionsAloneBecomesAUserTurn() {
        JsonNode body = written(conversation(Message.system("Write a haiku.")));
        assertThat(body.has("system")).isFalse();
        assertThat(body.get("messages")).isEqualTo(json("[{'role':'user','content':'Write a haiku.'}]"));
    }

    @Test
    void emptyTextIsLeftOut() {
        assertThat(messages(
                        Message.system("  "),
                        new Message(
                                Role.USER,
                                List.of(new Content.Text(""), new Content.Text("hi"), new Content.Text("\n"))),
                        Message.assistant(""),
                        Message.user("again")))
                .isEqualTo(json("[{'role':'user','content':'hi'},{'role':'user','content':'again'}]"));
    }

    @Test
    void nothingToSayIsRefused() {
        assertThatThrownBy(() -> write(conversation(Message.user(" ")))).isInstanceOf(UntranslatableException.class);
    }

    @Test
    void aTrailingAssistantTurnStaysAsPrefillWithoutTrailingSpace() {
        assertThat(messages(Message.user("a"), Message.assistant("The answer is \n")))
                .isEqualTo(json("[{'role':'user','content':'a'},{'role':'assistant','content':'The answer is'}]"));
    }

    @Test
    void allResultsOfATurnGoIntoOneUserTurnBeforeOtherText() {
        assertThat(messages(
                        Message.user("go"),
                        calls(new Content.ToolCall("c1", "look", "{}"), new Content.ToolCall("c2", "look", "{}")),
                        Message.system("be quick"),
                        new Message(
                                Role.TOOL,
                                List.of(new Content.ToolResult("c1", "one"), new Content.ToolResult("c2", "two"))),
                        Message.user("now?")))
                .isEqualTo(json("[{'role':'user','content':'go'},"
                        + "{'role':'assistant','content':[{'type':'tool_use','id':'c1','name':'look','input':{}},"
                        + "{'type':'tool_use','id':'c2','name':'look','input':{}}]},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c1','content':'one'},"
                        + "{'type':'tool_result','tool_use_id':'c2','content':'two'},"
                        + "{'type':'text','text':'<system-instructions>\\nbe quick\\n</system-instructions>'}]},"
                        + "{'role':'user','content':'now?'}]"));
    }

    @Test
    void toolResultsMayHoldImagesAndErrors() {
        Content.ToolResult result = new Content.ToolResult(
                "c1",
                List.of(new Content.Text("see"), new Content.Image(new MediaSource.Url("https://e/x.png"))),
                true,
                Extras.NONE);
        assertThat(messages(
                                Message.user("go"),
                                calls(new Content.ToolCall("c1", "look", "{}")),
                                new Message(Role.TOOL, List.of(result)))
                        .get(2)
                        .get("content")
                        .get(0))
                .isEqualTo(json("{'type':'tool_result','tool_use_id':'c1','content':[{'type':'text','text':'see'},"
                        + "{'type':'image','source':{'type':'url','url':'https://e/x.png'}}],'is_error':true}"));
    }

    @Test
    void idsOutsideAnthropicsAlphabetAreMappedOnBothSides() {
        String legal = ToolCallIds.forAnthropic("functions.Bash:0");
        JsonNode turns = messages(
                Message.user("go"),
                calls(new Content.ToolCall("functions.Bash:0", "look", "")),
                Message.toolResult("functions.Bash:0", "r"));
        assertThat(legal).matches("[a-zA-Z0-9_-]+");
        assertThat(turns.get(1).get("content").get(0).get("id").stringValue()).isEqualTo(legal);
        assertThat(turns.get(2).get("content").get(0).get("tool_use_id").stringValue())
                .isEqualTo(legal);
    }

    @Test
    void repeatedIdsAreMadeUniqueTogetherWithTheirResults() {
        JsonNode turns = messages(
                Message.user("go"),
                calls(new Content.ToolCall("0", "look", "{}")),
                Message.toolResult("0", "first"),
                calls(new Content.ToolCall("0", "look", "{}")),
                Message.toolResult("0", "second"));
        assertThat(turns.get(1).get("content").get(0).get("id").stringValue()).isEqualTo("0");
        assertThat(turns.get(3).get("content").get(0).get("id").stringValue()).isEqualTo("0_1");
        assertThat(turns.get(4).get("content").get(0).get("tool_use_id").stringValue())
                .isEqualTo("0_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{\"b\": 1, \"a\":2}|{\"b\":1,\"a\":2}",
                "{\"a\":|{\"raw_arguments\":\"{\\\"a\\\":\"}",
                "[1]|{\"raw_arguments\":\"[1]\"}",
                "just text|{\"raw_arguments\":\"just text\"}"
            })
    void argumentsThatAreNoObjectAreCarriedAsText(String arguments, String input) {
        assertThat(messages(Message.user("go"), calls(new Content.ToolCall("c", "look", arguments)))
                        .get(1)
                        .get("content")
                        .get(0)
                        .get("input")
                        .toString())
                .isEqualTo(input);
    }

    @Test
    void emptyArgumentsAreAnEmptyObjectAndOthersKeepTheirSpelling() {
        assertThat(messages(Message.user("go"), calls(new Content.ToolCall("c", "look", "")))
                        .get(1)
                        .get("content")
                        .get(0)
                        .get("input"))
                .isEqualTo(json("{}"));
        byte[] body = write(conversation(
                        Message.user("go"), calls(new Content.ToolCall("c", "look", "{\"b\": 1.50,  \"a\":2}"))))
                .body();
        assertThat(new String(body, java.nio.charset.StandardCharsets.UTF_8)).contains("{\"b\": 1.50,  \"a\":2}");
    }

    private static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ";

    @Test
    void anImagesTypeIsTakenFromItsBytes() {
        assertThat(image(new MediaSource.Base64("image/jpeg", PNG))
                        .get("media_type")
                        .stringValue())
                .isEqualTo("image/png");
        assertThat(image(new MediaSource.Url("data:image/jpeg;base64," + PNG)))
                .isEqualTo(json("{'type':'base64','media_type':'image/png','data':'" + PNG + "'}"));
        assertThat(image(new MediaSource.Base64("image/jpg", "/9j/4AAQSkZJRgABAQAAAQABAAD"))
                        .get("media_type")
                        .stringValue())
                .isEqualTo("image/jpeg");
    }

    private static JsonNode image(MediaSource source) {
        return messages(new Message(Role.USER, List.of(new Content.Image(source))))
                .get(0)
                .get("content")
                .get(0)
                .get("source");
    }

    @Test
    void whatAnthropicCannotSeeIsRefusedNotDropped() {
        assertRefused("messages[].content[]", user(new Content.Image(new MediaSource.Base64("image/tiff", "AAAA"))));
        assertRefused(
                "messages[].content[]",
                user(new Content.Audio(new MediaSource.Base64("audio/wav", "AAAA"), "wav", Extras.NONE)));
        assertRefused(
                "messages[].content[]",
                user(new Content.Document(new MediaSource.FileId("file-1", Dialect.OPENAI_CHAT), null, Extras.NONE)));
        assertRefused(
                "messages[].content[]",
                user(new Content.Document(new MediaSource.Base64("application/zip", "AAAA"), null, Extras.NONE)));
        assertRefused("n", ask().choiceCount(2));
        assertThatThrownBy(() -> write(
                        user(new Content.Image(new MediaSource.Url("https://e/x.png"))),
                        t -> t.acceptsImageUrls(false)))
                .isInstanceOf(UntranslatableException.class);
    }

    private static ChatRequest.Builder user(Content part) {
        return conversation(new Message(Role.USER, List.of(part)));
    }

    private static void assertRefused(String param, ChatRequest.Builder request) {
        assertThatThrownBy(() -> write(request))
                .isInstanceOfSatisfying(
                        UntranslatableException.class,
                        e -> assertThat(e.param()).isEqualTo(param));
    }

    @Test
    void filesBecomeDocuments() {
        assertThat(document(new MediaSource.Base64("application/pdf", "JVBERi0xLjQK"), "a.pdf"))
                .isEqualTo(json(
                        "{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'JVBERi0xLjQK'},"
                                + "'title':'a.pdf'}"));
        assertThat(document(new MediaSource.Base64("text/csv", "YSxi"), "t.csv"))
                .isEqualTo(json("{'type':'document','source':{'type':'text','media_type':'text/plain','data':'a,b'},"
                        + "'title':'t.csv'}"));
        assertThat(document(new MediaSource.Base64("image/png", PNG), "i.png")
                        .get("type")
                        .stringValue())
                .isEqualTo("image");
    }

    private static JsonNode document(MediaSource source, String name) {
        return messages(new Message(Role.USER, List.of(new Content.Document(source, name, Extras.NONE))))
                .get(0)
                .get("content")
                .get(0);
    }

    @Test
    void samplingThatAnthropicHasNotIsNamedInTheCallersWords() {
        EncodedRequest encoded = write(ask().sampling(new Sampling(1.7, 0.5, 10, 7L, 0.1, 0.2, List.of("END", " \n")))
                .extras(Extras.of(
                        Dialect.OPENAI_CHAT, Map.of("logprobs", json("true"), "stream_options", json("{}")))));
        JsonNode body = json(encoded.body());
        assertThat(body.get("temperature").doubleValue()).isEqualTo(1.0);
        assertThat(body.get("top_k").intValue()).isEqualTo(10);
        assertThat(body.get("stop_sequences")).isEqualTo(json("['END']"));
        assertThat(encoded.dropped())
                .containsExactlyInAnyOrder(
                        "seed", "frequency_penalty", "presence_penalty", "top_p", "stop", "logprobs");
        ChatRequest.Builder own = ask().sampling(new Sampling(null, null, null, null, null, null, List.of(" ")))
                .decodedFrom(Dialect.ANTHROPIC_MESSAGES, null);
        assertThat(write(own).dropped()).containsExactly("stop_sequences");
    }

    @Test
    void newerModelsTakeNoSamplingAtAll() {
        EncodedRequest encoded = write(
                ask().sampling(new Sampling(1.0, 1.0, 5, null, null, null, List.of())), t -> t.acceptsSampling(false));
        assertThat(json(encoded.body()).propertyNames()).containsExactly("model", "max_tokens", "messages");
        assertThat(encoded.dropped()).containsExactly("temperature", "top_p", "top_k");
    }

    @ParameterizedTest
    @CsvSource({"MINIMAL,1024", "LOW,1024", "MEDIUM,8192", "HIGH,24576"})
    void anEffortBecomesABudgetWithRoomForTheAnswer(Effort effort, int budget) {
        JsonNode body = written(ask().reasoning(ReasoningOptions.effort(effort)));
        assertThat(body.get("thinking")).isEqualTo(json("{'type':'enabled','budget_tokens':" + budget + "}"));
        assertThat(body.get("max_tokens").intValue()).isEqualTo(budget + 4096);
    }

    @Test
    void theBudgetStaysBelowMaxTokens() {
        JsonNode body =
                written(ask().reasoning(ReasoningOptions.effort(Effort.HIGH)).maxOutputTokens(4000));
        assertThat(body.get("thinking").get("budget_tokens").intValue()).isEqualTo(3000);
        EncodedRequest tooSmall =
                write(ask().reasoning(ReasoningOptions.effort(Effort.HIGH)).maxOutputTokens(500));
        assertThat(json(tooSmall.body()).has("thinking")).isFalse();
        assertThat(tooSmall.dropped()).containsExactly("reasoning_effort");
    }

    @Test
    void aModelThatAdaptsGetsTheEffort() {
        UnaryOperator<ModelTraits.Builder> adaptive =
                t -> t.thinking(ModelTraits.Thinking.ADAPTIVE).efforts(Set.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH));
        JsonNode body = json(write(ask().reasoning(ReasoningOptions.effort(Effort.XHIGH)), adaptive)
                .body());
        assertThat(body.get("thinking")).isEqualTo(json("{'type':'adaptive'}"));
        assertThat(body.get("output_config")).isEqualTo(json("{'effort':'high'}"));
        EncodedRequest budget =
                write(ask().reasoning(new ReasoningOptions(ReasoningOptions.Mode.ENABLED, null, 5000, null)), adaptive);
        assertThat(json(budget.body()).get("thinking")).isEqualTo(json("{'type':'adaptive'}"));
        assertThat(budget.dropped()).containsExactly("reasoning_effort");
    }

    @Test
    void noEffortMeansNoThinking() {
        assertThat(written(ask().reasoning(ReasoningOptions.effort(Effort.NONE)))
                        .get("thinking"))
                .isEqualTo(json("{'type':'disabled'}"));
        JsonNode adaptive = json(write(
                        ask().reasoning(ReasoningOptions.effort(Effort.NONE)),
                        t -> t.thinking(ModelTraits.Thinking.ADAPTIVE))
                .body());
        assertThat(adaptive.has("thinking")).isFalse();
    }

    @Test
    void aModelThatCannotThinkIsNotAskedTo() {
        EncodedRequest encoded =
                write(ask().reasoning(ReasoningOptions.effort(Effort.LOW)), t -> t.thinking(ModelTraits.Thinking.NONE));
        assertThat(json(encoded.body()).has("thinking")).isFalse();
        assertThat(encoded.dropped()).containsExactly("reasoning_effort");
    }

    @Test
    void whileItThinksTheTemperatureIsLeftAlone() {
        EncodedRequest encoded = write(ask().reasoning(ReasoningOptions.effort(Effort.LOW))
                .sampling(new Sampling(0.2, 0.5, 3, null, null, null, List.of())));
        assertThat(json(encoded.body()).has("temperature")).isFalse();
        assertThat(encoded.dropped()).containsExactly("temperature", "top_p", "top_k");
    }

    @Test
    void aForcedToolIsWorthMoreThanAThinkingBudget() {
        ChatRequest.Builder request = ask().reasoning(ReasoningOptions.effort(Effort.LOW))
                .toolUse(new ToolUse(List.of(LOOK), ToolChoice.REQUIRED, null));
        EncodedRequest encoded = write(request);
        assertThat(json(encoded.body()).has("thinking")).isFalse();
        assertThat(json(encoded.body()).get("tool_choice")).isEqualTo(json("{'type':'any'}"));
        assertThat(encoded.dropped()).containsExactly("reasoning_effort");
        EncodedRequest adaptive = write(request, t -> t.thinking(ModelTraits.Thinking.ADAPTIVE));
        assertThat(json(adaptive.body()).get("thinking")).isEqualTo(json("{'type':'adaptive'}"));
        assertThat(adaptive.dropped()).isEmpty();
    }

    @Test
    void aToolTurnWithoutAnthropicThinkingSwitchesTheBudgetOff() {
        Content foreign = new Content.Reasoning("hm", null, Extras.NONE);
        EncodedRequest encoded = write(conversation(
                        Message.user("go"),
                        calls(foreign, new Content.ToolCall("c", "look", "{}")),
                        Message.toolResult("c", "r"))
                .reasoning(ReasoningOptions.effort(Effort.LOW)));
        assertThat(json(encoded.body()).has("thinking")).isFalse();
        assertThat(encoded.dropped()).containsExactlyInAnyOrder("reasoning_effort", "messages[].reasoning_content");
        Content own = new Content.Reasoning(
                "hm", new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "s", null), Extras.NONE);
        JsonNode kept = written(conversation(
                        Message.user("go"),
                        calls(own, new Content.ToolCall("c", "look", "{}")),
                        Message.toolResult("c", "r"))
                .reasoning(ReasoningOptions.effort(Effort.LOW)));
        assertThat(kept.get("thinking").get("type").stringValue()).isEqualTo("enabled");
        assertThat(kept.get("messages").get(1).get("content").get(0))
                .isEqualTo(json("{'type':'thinking','thinking':'hm','signature':'s'}"));
    }

    @Test
    void onlyAnthropicsOwnReasoningGoesBackToIt() {
        assertThat(messages(
                                Message.user("a"),
                                calls(
                                        new Content.Reasoning(
                                                null,
                                                new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, "x", null),
                                                Extras.NONE),
                                        new Content.Reasoning(
                                                null,
                                                new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_REDACTED, "d", null),
                                                Extras.NONE),
                                        ANSWER),
                                Message.user("b"))
                        .get(1)
                        .get("content"))
                .isEqualTo(json("[{'type':'redacted_thinking','data':'d'},{'type':'text','text':'ok'}]"));
    }

    @Test
    void toolsAreWrittenWithASchemaInEveryCase() {
        Tool bare = new Tool.Function("bare", null, null);
        Tool untyped = new Tool.Function("untyped", null, json("{'properties':{'a':{}}}"));
        Tool text = new Tool.Custom("patch", "Patches.", null, Extras.NONE);
        Tool foreign = new Tool.Vendor(Dialect.OPENAI_CHAT, "web_search", json("{'type':'web_search'}"));
        EncodedRequest encoded = write(ask().toolUse(new ToolUse(List.of(bare, untyped, text, foreign), null, false)));
        assertThat(json(encoded.body()).get("tools"))
                .isEqualTo(json("[{'name':'bare','input_schema':{'type':'object','properties':{}}},"
                        + "{'name':'untyped','input_schema':{'type':'object','properties':{'a':{}}}},"
                        + "{'name':'patch','description':'Patches.','input_schema':{'type':'object',"
                        + "'properties':{'raw_arguments':{'type':'string'}},'required':['raw_arguments']}}]"));
        assertThat(json(encoded.body()).get("tool_choice"))
                .isEqualTo(json("{'type':'auto','disable_parallel_tool_use':true}"));
        assertThat(encoded.dropped()).containsExactly("tools[3]");
    }

    @Test
    void anEmptyToolListIsLeftOutTogetherWithTheChoice() {
        JsonNode body = written(ask().toolUse(new ToolUse(List.of(), ToolChoice.AUTO, false)));
        assertThat(body.has("tools")).isFalse();
        assertThat(body.has("tool_choice")).isFalse();
    }

    @Test
    void allowedToolsAreTheOnlyOnesOffered() {
        Tool other = new Tool.Function("other", null, null);
        JsonNode body = written(ask().toolUse(new ToolUse(
                List.of(LOOK, other), new ToolChoice(ToolChoice.Mode.ALLOWED_REQUIRED, List.of("other")), null)));
        assertThat(body.get("tools")).hasSize(1);
        assertThat(body.get("tools").get(0).get("name").stringValue()).isEqualTo("other");
        assertThat(body.get("tool_choice")).isEqualTo(json("{'type':'any'}"));
    }

    @Test
    void aModelThatCannotBeForcedIsToldTo() {
        EncodedRequest encoded = write(
                ask().toolUse(new ToolUse(List.of(LOOK), ToolChoice.named("look"), null)),
                t -> t.acceptsForcedTool(false));
        assertThat(json(encoded.body()).get("tool_choice")).isEqualTo(json("{'type':'auto'}"));
        assertThat(json(encoded.body()).get("system").stringValue())
                .isEqualTo("You must answer by calling the tool \"look\".");
        assertThat(encoded.dropped()).containsExactly("tool_choice");
    }

    private static final OutputFormat SCHEMA = new OutputFormat.JsonSchema(
            "person",
            null,
            json("{'type':'object','properties':{'age':{'type':'integer','minimum':0},'tags':{'type':'array',"
                    + "'items':{'type':'object','properties':{'minimum':{'type':'string','maxLength':3}}}}}}"),
            true);

    @Test
    void aSchemaIsClosedAndLosesTheBoundsThatAnthropicRefuses() {
        EncodedRequest encoded = write(ask().outputFormat(SCHEMA));
        assertThat(json(encoded.body()).get("output_config").get("format"))
                .isEqualTo(
                        json("{'type':'json_schema','schema':{'type':'object','properties':{'age':{'type':'integer'},"
                                + "'tags':{'type':'array','items':{'type':'object','properties':{'minimum':{'type':'string'}},"
                                + "'additionalProperties':false}}},'additionalProperties':false}}"));
        assertThat(encoded.dropped())
                .containsExactly(
                        "response_format.json_schema.schema.minimum", "response_format.json_schema.schema.maxLength");
    }

    @Test
    void anOlderModelIsHeldToTheSchemaByAForcedTool() {
        EncodedRequest encoded = write(ask().outputFormat(SCHEMA), t -> t.jsonSchema(ModelTraits.JsonSchemaMode.TOOL));
        JsonNode body = json(encoded.body());
        assertThat(body.get("tool_choice")).isEqualTo(json("{'type':'tool','name':'gateway_structured_answer'}"));
        assertThat(body.get("tools").get(0).get("name").stringValue()).isEqualTo("gateway_structured_answer");
        assertThat(body.has("output_config")).isFalse();
        JsonNode withTools = json(write(
                        ask().outputFormat(SCHEMA).toolUse(new ToolUse(List.of(LOOK), null, null)),
                        t -> t.jsonSchema(ModelTraits.JsonSchemaMode.TOOL))
                .body());
        assertThat(withTools.get("tool_choice")).isEqualTo(json("{'type':'any'}"));
        assertThat(withTools.get("tools")).hasSize(2);
    }

    @Test
    void jsonWithoutASchemaIsAskedForInWords() {
        assertThat(written(ask().outputFormat(new OutputFormat.JsonObject()))
                        .get("system")
                        .stringValue())
                .contains("one JSON object");
        String told = json(write(ask().outputFormat(SCHEMA), t -> t.jsonSchema(ModelTraits.JsonSchemaMode.NONE))
                        .body())
                .get("system")
                .stringValue();
        assertThat(told).contains("JSON Schema").contains("\"age\"");
    }

    @Test
    void onlyTheLastFourCacheMarksAreWritten() {
        Content marked = new Content.Text("x", Extras.NONE.withCacheMark(new CacheMark("30m")));
        EncodedRequest encoded =
                write(conversation(new Message(Role.USER, List.of(marked, marked, marked, marked, marked))));
        JsonNode content = json(encoded.body()).get("messages").get(0).get("content");
        assertThat(content.get(0).has("cache_control")).isFalse();
        for (int i = 1; i < 5; i++) {
            assertThat(content.get(i).get("cache_control")).isEqualTo(json("{'type':'ephemeral'}"));
        }
        assertThat(encoded.dropped()).containsExactly("messages[].content[].prompt_cache_breakpoint");
    }

    @Test
    void theEndUserIsNamed() {
        assertThat(written(ask().endUser("u1")).get("metadata")).isEqualTo(json("{'user_id':'u1'}"));
    }

    @Test
    void foreignMembersOfMessagesAndToolsAreNamed() {
        Extras name = Extras.of(Dialect.OPENAI_CHAT, Map.of("name", json("'Ann'")));
        EncodedRequest encoded = write(conversation(new Message(Role.USER, List.of(ANSWER), name))
                .toolUse(new ToolUse(
                        List.of(new Tool.Function(
                                "f", null, null, null, Extras.of(Dialect.OPENAI_CHAT, Map.of("cached", json("1"))))),
                        null,
                        null)));
        assertThat(encoded.dropped()).containsExactlyInAnyOrder("messages[].name", "tools[0].cached");
    }

    @Test
    void textThatIsNotWellFormedCannotBreakTheRequest() {
        assertThat(messages(Message.user("a\ud800b")).get(0).get("content").stringValue())
                .isEqualTo("a\ufffdb");
    }
}
