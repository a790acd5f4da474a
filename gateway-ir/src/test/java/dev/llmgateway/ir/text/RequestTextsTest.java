package dev.llmgateway.ir.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.text.TextPlace.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the walk over a request hands over, what it changes, and what it leaves alone. */
class RequestTextsTest {

    private static final DialectCodec OPENAI = new OpenAiChatCodec();
    private static final DialectCodec ANTHROPIC = new AnthropicMessagesCodec();
    private static final TextMapper REDACT = (text, place) -> text.replace("secret", "[x]");

    static Stream<ChatRequest> requests() {
        return Stream.of(
                decoded(OPENAI, EveryPlace.openAi()),
                decoded(OPENAI, EveryPlace.openAiWithReasoning()),
                decoded(OPENAI, EveryPlace.legacyOpenAi()),
                decoded(ANTHROPIC, EveryPlace.anthropic()),
                recorded(OPENAI, "qwen-code"),
                recorded(OPENAI, "opencode-1.18.33-chat"),
                recorded(OPENAI, "pi-0.73-openai-completions"),
                recorded(ANTHROPIC, "claude-code-2.1.197-print-first"),
                recorded(ANTHROPIC, "claude-code-2.1.330-interactive-main"),
                recorded(ANTHROPIC, "claude-code-2.1.330-no-experimental-betas"),
                recorded(ANTHROPIC, "claude-code-2.1.330-print-after-tool"),
                recorded(ANTHROPIC, "pi-0.73-anthropic-messages"));
    }

    private static ChatRequest decoded(DialectCodec codec, JsonNode body) {
        return codec.decodeRequest(Json.write(body));
    }

    private static ChatRequest recorded(DialectCodec codec, String name) {
        return codec.decodeRequest(Fixtures.clientRequest(name + ".json"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void anUnchangedRequestIsTheSameInstanceAndKeepsItsBody(ChatRequest request) {
        ChatRequest mapped = RequestTexts.map(request, (text, place) -> new StringBuilder(text).toString());
        assertThat(mapped).isSameAs(request);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void mappingForthAndBackSaysTheSame(ChatRequest request) {
        ChatRequest unsigned = RequestTexts.map(
                request,
                (text, place) -> place.kind() == Kind.REASONING || place.kind() == Kind.TOOL_CALL ? text : text + " ");
        assertThat(unsigned).isNotEqualTo(request);
        assertThat(unsigned.wire()).isNull();
        assertThat(unsigned.dialect()).isEqualTo(request.dialect());
        ChatRequest back = RequestTexts.map(
                unsigned,
                (text, place) -> place.kind() == Kind.REASONING || place.kind() == Kind.TOOL_CALL
                        ? text
                        : text.substring(0, text.length() - 1));
        assertThat(back).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theVisitorReadsWhatTheMapperIsGivenAndStopsWhenItHasEnough(ChatRequest request) {
        List<String> mapped = new ArrayList<>();
        RequestTexts.map(request, (text, place) -> {
            mapped.add(place + ": " + text);
            return text;
        });
        List<String> visited = new ArrayList<>();
        RequestTexts.visit(request, (text, place) -> visited.add(place + ": " + text));
        assertThat(visited).isEqualTo(mapped).hasSizeGreaterThan(3);
        List<String> first = new ArrayList<>();
        RequestTexts.visit(request, (text, place) -> {
            first.add(text);
            return first.size() < 3;
        });
        assertThat(first).hasSize(3);
    }

    @Test
    void placesNameTheMemberAndQuoteNoNamesOfTheCaller() {
        List<String> paths = new ArrayList<>();
        RequestTexts.visit(decoded(ANTHROPIC, EveryPlace.anthropic()), (text, place) -> paths.add(place.path()));
        assertThat(paths)
                .contains(
                        "messages[0].content[0].text",
                        "messages[1].content[0].citations",
                        "messages[1].content[3].name",
                        "messages[2].content[0].thinking",
                        "messages[2].content[5].arguments",
                        "messages[3].content[0].content[0].text",
                        "tools[0].description",
                        "tools[0].parameters",
                        "tools[1]",
                        "schema",
                        "stop",
                        "user",
                        "service_tier");
        ChatRequest odd = ChatRequest.builder("m")
                .user("x")
                .extras(Extras.of(Dialect.OPENAI_CHAT, Map.of("jane@example.com", Json.parse("\"x\""))))
                .build();
        List<TextPlace> places = new ArrayList<>();
        RequestTexts.visit(odd, (text, place) -> places.add(place));
        assertThat(places).extracting(TextPlace::path).containsExactly("messages[0].content[0].text", "*");
        assertThat(places).extracting(TextPlace::messageIndex).containsExactly(0, -1);
    }

    @Test
    void onlyWhatChangedIsRebuilt() {
        ChatRequest request = ChatRequest.builder("m")
                .system("Be kind.")
                .user("my secret")
                .toolUse(new ToolUse(List.of(new Tool.Function("f", "Does f.", null)), null, null))
                .build();
        ChatRequest mapped = RequestTexts.map(request, REDACT);
        assertThat(mapped.messages()).containsExactly(Message.system("Be kind."), Message.user("my [x]"));
        assertThat(mapped.messages().getFirst()).isSameAs(request.messages().getFirst());
        assertThat(mapped.toolUse()).isSameAs(request.toolUse());
    }

    @Test
    void signedReasoningThatWouldChangeIsLeftOutAndOtherReasoningIsReplaced() {
        Content sealed = new Content.Reasoning(
                null, new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_REDACTED, "secret", null), Extras.NONE);
        Content clean = thought("fine", OpaqueToken.Kind.ANTHROPIC_SIGNATURE);
        ChatRequest request = ChatRequest.builder("m")
                .user("x")
                .message(new Message(
                        Role.ASSISTANT,
                        List.of(
                                thought("a secret", OpaqueToken.Kind.ANTHROPIC_SIGNATURE),
                                clean,
                                sealed,
                                thought("a secret", OpaqueToken.Kind.OPENAI_ENCRYPTED),
                                new Content.Reasoning("a secret", null, Extras.NONE))))
                .message(
                        new Message(Role.ASSISTANT, List.of(thought("a secret", OpaqueToken.Kind.ANTHROPIC_SIGNATURE))))
                .build();
        assertThat(RequestTexts.map(request, REDACT).messages())
                .containsExactly(
                        Message.user("x"),
                        new Message(
                                Role.ASSISTANT,
                                List.of(
                                        clean,
                                        sealed,
                                        thought("a [x]", OpaqueToken.Kind.OPENAI_ENCRYPTED),
                                        new Content.Reasoning("a [x]", null, Extras.NONE))));
    }

    private static Content thought(String text, OpaqueToken.Kind kind) {
        return new Content.Reasoning(text, new OpaqueToken(kind, "secret-seal", null), Extras.NONE);
    }

    @Test
    void signedReasoningAmongAVendorsMembersIsLeftOutToo() {
        JsonNode details = Json.parse("""
                [{"type":"reasoning.text","text":"a secret","signature":"s"},
                 {"type":"reasoning.text","text":"fine","signature":"secret"},
                 {"type":"reasoning.encrypted","data":"secret"},
                 {"type":"reasoning.summary","summary":"a secret"}]
                """);
        Message message = new Message(
                Role.ASSISTANT,
                List.of(new Content.Text("x")),
                Extras.of(Dialect.OPENAI_CHAT, Map.of("reasoning_details", details)));
        ChatRequest mapped = RequestTexts.map(
                ChatRequest.builder("m").user("x").message(message).build(), REDACT);
        assertThat(mapped.messages().getLast().extras().member(Dialect.OPENAI_CHAT, "reasoning_details"))
                .isEqualTo(Json.parse("""
                                [{"type":"reasoning.text","text":"fine","signature":"secret"},
                                 {"type":"reasoning.encrypted","data":"secret"},
                                 {"type":"reasoning.summary","summary":"a [x]"}]
                                """));
    }

    @Test
    void filesOfTextAreReadAndOtherFilesAreNot() {
        String text = Base64.getEncoder().encodeToString("my secret".getBytes(StandardCharsets.UTF_8));
        String picture = "data:image/png;base64,secret";
        ChatRequest request = ChatRequest.builder("m")
                .message(new Message(
                        Role.USER,
                        List.of(
                                document(new MediaSource.Base64("text/plain; charset=utf-8", text)),
                                document(new MediaSource.Base64("application/pdf", text)),
                                document(new MediaSource.PlainText("my secret")),
                                document(new MediaSource.FileId("secret", Dialect.OPENAI_CHAT)),
                                new Content.Image(new MediaSource.Base64("image/png", "secret")),
                                new Content.Image(new MediaSource.Url(picture)),
                                new Content.Image(new MediaSource.Url("https://example.com/?key=secret")),
                                new Content.Image(new MediaSource.Url("data:text/plain,secret")))))
                .build();
        List<Content> parts =
                RequestTexts.map(request, REDACT).messages().getFirst().content();
        assertThat(parts)
                .containsExactly(
                        document(new MediaSource.Base64(
                                "text/plain; charset=utf-8",
                                Base64.getEncoder().encodeToString("my [x]".getBytes(StandardCharsets.UTF_8)))),
                        document(new MediaSource.Base64("application/pdf", text)),
                        document(new MediaSource.PlainText("my [x]")),
                        document(new MediaSource.FileId("secret", Dialect.OPENAI_CHAT)),
                        new Content.Image(new MediaSource.Base64("image/png", "secret")),
                        new Content.Image(new MediaSource.Url(picture)),
                        new Content.Image(new MediaSource.Url("https://example.com/?key=[x]")),
                        new Content.Image(new MediaSource.Url("data:text/plain,[x]")));
    }

    private static Content document(MediaSource source) {
        return new Content.Document(source, null, Extras.NONE);
    }

    @Test
    void argumentsStayJsonAndTheirNamesAndNumbersAreTexts() {
        ChatRequest request = ChatRequest.builder("m")
                .user("x")
                .message(new Message(
                        Role.ASSISTANT,
                        List.of(
                                new Content.ToolCall("secret", "f", "{\"secret\" : [4111, \"a\\u0062 secret\"]}"),
                                new Content.ToolCall("c2", "f", "{\"secret"),
                                new Content.Vendor(
                                        Dialect.ANTHROPIC_MESSAGES,
                                        Json.parse("{\"type\":\"server_tool_use\",\"id\":\"secret\","
                                                + "\"input\":{\"secret\":1,\"secrets\":4111,\"type\":\"secret\"}}")))))
                .build();
        ChatRequest mapped =
                RequestTexts.map(request, (text, place) -> text.equals("4111") ? "[n]" : text.replace("secret", "[x]"));
        assertThat(mapped.messages().getLast().content())
                .containsExactly(
                        new Content.ToolCall("secret", "f", "{\"[x]\" : [\"[n]\", \"ab [x]\"]}"),
                        new Content.ToolCall("c2", "f", "{\"[x]"),
                        new Content.Vendor(
                                Dialect.ANTHROPIC_MESSAGES,
                                Json.parse("{\"type\":\"server_tool_use\",\"id\":\"secret\","
                                        + "\"input\":{\"[x]\":1,\"[x]s\":\"[n]\",\"type\":\"[x]\"}}")));
    }

    @Test
    void valuesInJsonComeWithTheirName() {
        ChatRequest request = ChatRequest.builder("m")
                .user("x")
                .message(new Message(
                        Role.ASSISTANT, List.of(new Content.ToolCall("c", "f", "{\"password\":\"hunter\"}"))))
                .extras(Extras.of(Dialect.OPENAI_CHAT, Map.of("metadata", Json.parse("{\"password\":[\"hunter\"]}"))))
                .build();
        ChatRequest mapped = RequestTexts.map(request, new TextMapper() {
            @Override
            public String map(String text, TextPlace place) {
                return text;
            }

            @Override
            public String mapMember(String name, String value, TextPlace place) {
                return name.equals("password") ? "[x]" : value;
            }
        });
        assertThat(((Content.ToolCall) mapped.messages().getLast().content().getFirst()).arguments())
                .isEqualTo("{\"password\":\"[x]\"}");
        assertThat(mapped.extras().member(Dialect.OPENAI_CHAT, "metadata"))
                .isEqualTo(Json.parse("{\"password\":[\"[x]\"]}"));
    }

    @Test
    void schemasKeepTheirPropertyNamesAndLoseTheirTexts() {
        JsonNode schema = Json.parse("""
                {"type":"object","required":["secret"],"description":"a secret","properties":{"secret":{"type":"string",
                 "enum":["secret"],"default":{"type":"secret"}},"type":{"type":["string"],"title":"secret"}}}
                """);
        ChatRequest request = ChatRequest.builder("m")
                .user("x")
                .toolUse(new ToolUse(List.of(new Tool.Function("secret", null, schema)), null, null))
                .build();
        Tool.Function mapped = (Tool.Function)
                RequestTexts.map(request, REDACT).toolUse().tools().getFirst();
        assertThat(mapped.name()).isEqualTo("secret");
        assertThat(mapped.parameters()).isEqualTo(Json.parse("""
                                {"type":"object","required":["secret"],"description":"a [x]","properties":{"secret":
                                 {"type":"string","enum":["[x]"],"default":{"type":"[x]"}},
                                 "type":{"type":["string"],"title":"[x]"}}}
                                """));
    }

    @Test
    void oddAndHugeTextsComeThrough() {
        String odd = "\ud800 \u0000\u0007 \u202e\u05d0 s\u200bk x";
        String huge = "0123456789".repeat(1_000_000) + " secret";
        ChatRequest request = ChatRequest.builder("m").user(odd).user(huge).build();
        List<String> seen = new ArrayList<>();
        RequestTexts.visit(request, (text, place) -> seen.add(text));
        assertThat(seen.getFirst()).isEqualTo(odd);
        ChatRequest mapped = RequestTexts.map(request, REDACT);
        assertThat(mapped.messages().getFirst()).isSameAs(request.messages().getFirst());
        assertThat(mapped.messages().getLast().equals(Message.user(huge.replace("secret", "[x]"))))
                .isTrue();
    }

    @Test
    void idsAndSealsOfItemsAreNoTexts() {
        ChatRequest request = new OpenAiResponsesCodec().decodeRequest(Json.write(ResponsesPlaces.all()));
        List<String> seen = new ArrayList<>();
        RequestTexts.visit(request, (text, place) -> seen.add(text));

        assertThat(seen)
                .contains(
                        "Be kind.", "Hm.", "One.", "Two.", "Raw.", "On it.", "No.", "weather", "out", "b", "free text")
                .contains("result", "more", "third", "Finds tools.", "Things of n.", "Rome", "token", "d")
                .noneMatch(text -> text.matches("(msg|rs|ws|mcp|cmp|fc|ctc|fco|call)_\\d"))
                .doesNotContain("c2VhbGVk", "completed", "commentary", "n", "n__g");
    }
}
