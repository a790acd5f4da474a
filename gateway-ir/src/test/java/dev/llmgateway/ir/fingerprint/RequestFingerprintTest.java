package dev.llmgateway.ir.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class RequestFingerprintTest {

    private static final Content TEXT = new Content.Text("a");

    @Property(tries = 5_000)
    void isEqualForEqualRequestsAndForNoOthers(
            @ForAll("requests") ChatRequest one, @ForAll("requests") ChatRequest other) {
        assertThat(fingerprint(one).equals(fingerprint(other))).isEqualTo(one.equals(other));
    }

    @Property
    void isTheSameEachTime(@ForAll("requests") ChatRequest request) {
        assertThat(fingerprint(request))
                .isEqualTo(fingerprint(request.toBuilder().build()))
                .hasSameHashCodeAs(fingerprint(request));
    }

    @Property(tries = 2_000)
    void tellsTextsApart(@ForAll String one, @ForAll String other) {
        assertThat(fingerprint(user(one)).equals(fingerprint(user(other)))).isEqualTo(one.equals(other));
    }

    @Test
    void tellsHalvesOfSurrogatePairsApart() {
        assertThat(fingerprint(user("\ud83d"))).isNotEqualTo(fingerprint(user("\ud83e")));
        assertThat(fingerprint(user("\ud83d"))).isNotEqualTo(fingerprint(user("?")));
    }

    @Test
    void doesNotRunNeighboursTogether() {
        ChatRequest one = ChatRequest.builder("m").user("ab").user("c").build();
        ChatRequest other = ChatRequest.builder("m").user("a").user("bc").build();

        assertThat(fingerprint(one)).isNotEqualTo(fingerprint(other));
        assertThat(fingerprint(one).within(List.of("a", "bc")))
                .isNotEqualTo(fingerprint(one).within(List.of("ab", "c")));
    }

    @Test
    void leavesOutWhatCannotChangeTheAnswer() {
        ChatRequest request = ChatRequest.builder("m").user("Hello!").build();
        ChatRequest marked = ChatRequest.builder("other name")
                .message(new Message(
                        Role.USER, List.of(new Content.Text("Hello!", Extras.NONE.withCacheMark(new CacheMark("1h"))))))
                .stream(true)
                .endUser("ann")
                .build();

        assertThat(fingerprint(marked)).isEqualTo(fingerprint(request));
    }

    @Test
    void leavesOutHowAStreamIsToldAndWhoseRequestItIs() {
        ChatRequest plain = openAi("""
                {"model":"gpt-4o","messages":[{"role":"user","content":"Hello!"}]}""");
        ChatRequest streamed = openAi("""
                {"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true},"safety_identifier":"ann",
                 "messages":[{"role":"user","content":"Hello!"}]}""");
        ChatRequest biased = openAi("""
                {"model":"gpt-4o","logit_bias":{"50256":-100},"messages":[{"role":"user","content":"Hello!"}]}""");

        assertThat(fingerprint(streamed)).isEqualTo(fingerprint(plain));
        assertThat(fingerprint(biased)).isNotEqualTo(fingerprint(plain));
    }

    @Test
    void isTheSameInEveryDialectThatSaysTheSame() {
        ChatRequest openAi = openAi("""
                {"model":"gpt-4o","temperature":0.2,"max_completion_tokens":100,"stop":["END"],
                 "messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Weather in Oslo?"},
                  {"role":"assistant","content":null,"tool_calls":[
                   {"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]},
                  {"role":"tool","tool_call_id":"call_1","content":"Rain"}],
                 "tools":[{"type":"function","function":{"name":"weather","description":"Tells the weather.",
                  "parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]}""");
        ChatRequest anthropic = anthropic("""
                {"model":"gpt-4o","temperature":0.2,"max_tokens":100,"stop_sequences":["END"],"system":"Be brief.",
                 "messages":[{"role":"user","content":[{"type":"text","text":"Weather in Oslo?"}]},
                  {"role":"assistant","content":[{"type":"tool_use","id":"call_1","name":"weather","input":{"city":"Oslo"}}]},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"call_1","content":"Rain"}]}],
                 "tools":[{"name":"weather","description":"Tells the weather.",
                  "input_schema":{"properties":{"city":{"type":"string"}},"type":"object"}}]}""");

        ChatRequest responses = responses("""
                {"model":"gpt-4o","temperature":0.2,"max_output_tokens":100,"instructions":"Be brief.",
                 "input":[{"type":"message","role":"user","content":"Weather in Oslo?"},
                  {"type":"function_call","call_id":"call_1","name":"weather","arguments":"{\\"city\\":\\"Oslo\\"}"},
                  {"type":"function_call_output","call_id":"call_1","output":"Rain"}],
                 "tools":[{"type":"function","name":"weather","description":"Tells the weather.",
                  "parameters":{"type":"object","properties":{"city":{"type":"string"}}}}]}""");

        assertThat(fingerprint(openAi)).isEqualTo(fingerprint(anthropic));
        ChatRequest withoutStop =
                openAi.toBuilder().sampling(Sampling.temperature(0.2)).build();
        assertThat(fingerprint(responses)).isEqualTo(fingerprint(withoutStop));
    }

    @Test
    void leavesOutTheIdsOfItems() {
        String body = """
                {"model":"gpt-4o","input":[{"type":"message","role":"user","id":"msg_1","content":"Hello!"},
                 {"type":"message","role":"assistant","id":"msg_2","content":"Hi."},{"role":"user","content":"Bye"}]}""";

        assertThat(fingerprint(responses(body))).isEqualTo(fingerprint(responses(body.replace("msg_", "msg_7"))));
        assertThat(fingerprint(responses(body))).isNotEqualTo(fingerprint(responses(body.replace("Hi", "Ho"))));
    }

    @Test
    void doesNotDependOnHowTheJsonIsWritten() {
        ChatRequest tight = openAi("""
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"a_new_member":{"x":1.5,"y":[true]}}""");
        ChatRequest loose = openAi("""
                { "a_new_member" : { "y" : [ true ], "x" : 1.50 },
                  "messages" : [ { "content" : "\\u0048i", "role" : "user" } ],  "model" : "m", "stream" : true }""");

        assertThat(fingerprint(tight)).isEqualTo(fingerprint(loose));
    }

    @Provide
    Arbitrary<ChatRequest> requests() {
        return Combinators.combine(
                        messages().list().ofMinSize(1).ofMaxSize(2),
                        toolUses(),
                        samplings(),
                        Arbitraries.of(0, 1).injectNull(0.5),
                        reasonings(),
                        formats(),
                        Arbitraries.of(1, 1, 1, 2),
                        Arbitraries.of(Extras.NONE, Extras.NONE, own("x", "1"), own("x", "2"), own("y", "1")))
                .as((messages, tools, sampling, most, reasoning, format, n, extras) -> ChatRequest.builder("m")
                        .messages(messages)
                        .toolUse(tools)
                        .sampling(sampling)
                        .maxOutputTokens(most)
                        .reasoning(reasoning)
                        .outputFormat(format)
                        .choiceCount(n)
                        .extras(extras)
                        .build());
    }

    private static Arbitrary<Message> messages() {
        return Combinators.combine(
                        Arbitraries.of(Role.USER, Role.ASSISTANT),
                        contents().list().ofMaxSize(2),
                        Arbitraries.of(Extras.NONE, Extras.NONE, own("name", "'a'")))
                .as(Message::new);
    }

    private static Arbitrary<Content> contents() {
        OpaqueToken token = new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "a", null);
        return Arbitraries.of(
                TEXT,
                new Content.Text("ab"),
                new Content.Text("a", own("x", "1")),
                new Content.Refusal("a"),
                new Content.Image(new MediaSource.Url("a")),
                new Content.Image(new MediaSource.Url("a"), "low", Extras.NONE),
                new Content.Image(new MediaSource.Base64("a", "a")),
                new Content.Document(new MediaSource.FileId("a", Dialect.OPENAI_CHAT), null, Extras.NONE),
                new Content.Document(new MediaSource.FileId("a", Dialect.ANTHROPIC_MESSAGES), null, Extras.NONE),
                new Content.Document(new MediaSource.PlainText("a"), "a", Extras.NONE),
                new Content.Audio(new MediaSource.Base64("a", "a"), "wav", Extras.NONE),
                new Content.ToolCall("a", "b", "{}"),
                new Content.ToolCall("a", "b", "{}", token, Extras.NONE),
                new Content.ToolResult("a", "a"),
                new Content.ToolResult("a", List.of(TEXT, TEXT), false, Extras.NONE),
                new Content.ToolResult("a", List.of(TEXT), true, Extras.NONE),
                new Content.Reasoning("a", null, Extras.NONE),
                new Content.Reasoning(null, token, Extras.NONE),
                new Content.Reasoning("a", token, Extras.NONE),
                new Content.Vendor(Dialect.OPENAI_CHAT, json("{'a':1}")),
                new Content.Vendor(Dialect.ANTHROPIC_MESSAGES, json("{'a':1}")));
    }

    private static Arbitrary<ToolUse> toolUses() {
        Tool plain = new Tool.Function("a", null, null);
        Tool strict = new Tool.Function("a", "b", json("{'a':[1,'1',null]}"), true, Extras.NONE);
        Tool custom = new Tool.Custom("a", null, null, Extras.NONE);
        Tool vendor = new Tool.Vendor(Dialect.OPENAI_CHAT, "a", json("{}"));
        return Arbitraries.of(
                ToolUse.NONE,
                ToolUse.NONE,
                new ToolUse(List.of(plain), null, null),
                new ToolUse(List.of(plain, plain), null, null),
                new ToolUse(List.of(strict), ToolChoice.AUTO, null),
                new ToolUse(List.of(strict), null, true),
                new ToolUse(List.of(custom), ToolChoice.named("a"), false),
                new ToolUse(List.of(vendor), ToolChoice.REQUIRED, false));
    }

    private static Arbitrary<Sampling> samplings() {
        return Arbitraries.of(
                Sampling.DEFAULTS,
                Sampling.DEFAULTS,
                Sampling.temperature(0),
                Sampling.temperature(1),
                new Sampling(null, 1.0, null, null, null, null, List.of()),
                new Sampling(null, null, 1, null, null, null, List.of()),
                new Sampling(null, null, null, 1L, null, null, List.of()),
                new Sampling(null, null, null, null, 1.0, null, List.of("a")),
                new Sampling(null, null, null, null, null, 1.0, List.of("a", "b")));
    }

    private static Arbitrary<ReasoningOptions> reasonings() {
        return Arbitraries.of(
                ReasoningOptions.DEFAULTS,
                ReasoningOptions.DEFAULTS,
                ReasoningOptions.effort(ReasoningOptions.Effort.LOW),
                new ReasoningOptions(ReasoningOptions.Mode.ENABLED, null, 1, null),
                new ReasoningOptions(null, null, null, "a"));
    }

    private static Arbitrary<OutputFormat> formats() {
        return Arbitraries.of(
                OutputFormat.TEXT,
                OutputFormat.TEXT,
                new OutputFormat.JsonObject(),
                new OutputFormat.JsonSchema("a", null, json("{}"), null),
                new OutputFormat.JsonSchema(null, "a", json("{}"), false));
    }

    private static ChatRequest user(String text) {
        return ChatRequest.builder("m").user(text).build();
    }

    private static RequestFingerprint fingerprint(ChatRequest request) {
        return RequestFingerprint.of(request);
    }

    private static Extras own(String name, String value) {
        return Extras.of(Dialect.OPENAI_CHAT, Map.of(name, json(value)));
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private static ChatRequest openAi(String body) {
        return new OpenAiChatCodec().decodeRequest(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ChatRequest responses(String body) {
        return new OpenAiResponsesCodec().decodeRequest(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ChatRequest anthropic(String body) {
        return new AnthropicMessagesCodec().decodeRequest(body.getBytes(StandardCharsets.UTF_8));
    }
}
