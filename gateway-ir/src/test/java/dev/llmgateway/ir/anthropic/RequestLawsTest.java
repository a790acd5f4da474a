package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.CODEC;
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
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.ReasoningOptions.Mode;
import dev.llmgateway.ir.RequestLaws;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

/** Laws of requests, and that no bytes make reading fail in an undocumented way. */
class RequestLawsTest extends RequestLaws {

    /** A model that takes everything that the format can say. */
    static final Target CAPABLE = new Target(
            "anthropic",
            "claude-capable",
            ModelTraits.anthropic().toBuilder()
                    .acceptsTopPWithTemperature(true)
                    .thinking(ModelTraits.Thinking.BUDGET_OR_ADAPTIVE)
                    .efforts(EnumSet.allOf(Effort.class))
                    .build());

    RequestLawsTest() {
        super(CODEC, CAPABLE);
    }

    @Property(tries = 1000)
    void noBytesMakeReadingFailInAnotherWayThanDocumented(@ForAll byte[] bytes) {
        readsOrRefuses(bytes);
    }

    @Property(tries = 1000)
    void noDamageMakesReadingFailInAnotherWayThanDocumented(
            @ForAll("requests") ChatRequest request, @ForAll int where, @ForAll("damage") String what) {
        String body = new String(CODEC.encodeRequest(request, CAPABLE).body(), java.nio.charset.StandardCharsets.UTF_8);
        int at = Math.floorMod(where, body.length());
        readsOrRefuses(TestData.utf8(body.substring(0, at) + what + body.substring(at + 1)));
    }

    @Provide
    Arbitrary<String> damage() {
        return Arbitraries.of("null", "\"", "{}", "[]", "1e999", "-1", "true", "\\ud800", ",", "}", "]", "", "\u0000");
    }

    private static void readsOrRefuses(byte[] bytes) {
        try {
            ChatRequest request = CODEC.decodeRequest(bytes);
            assertThat(CODEC.encodeRequest(request, CAPABLE).body()).isNotEmpty();
        } catch (InvalidRequestFormatException documented) {
            assertThat(documented.getMessage()).isNotBlank();
        }
    }

    @Override
    protected Arbitrary<ChatRequest> requests() {
        return Combinators.combine(
                        conversations(), toolUses(), samplings(), reasonings(), formats(), Arbitraries.of(true, false))
                .as((messages, tools, sampling, reasoning, format, flag) -> {
                    boolean thinks = reasoning.mode() != null && reasoning.mode() != Mode.DISABLED;
                    boolean budget = reasoning.mode() == Mode.ENABLED;
                    return ChatRequest.builder("m")
                            .messages(messages)
                            .toolUse(budget ? new ToolUse(tools.tools(), null, null) : tools)
                            .sampling(
                                    thinks
                                            ? new Sampling(1.0, null, null, null, null, null, sampling.stop())
                                            : sampling)
                            .maxOutputTokens(flag ? 50_000 : 2048)
                            .reasoning(reasoning)
                            .outputFormat(format)
                            .stream(flag)
                            .endUser(flag ? "{\"device\":\"1\"}" : null)
                            .extras(flag ? own("context_management", "{'edits':[]}") : Extras.NONE)
                            .decodedFrom(Dialect.ANTHROPIC_MESSAGES, null)
                            .build();
                });
    }

    private static Extras own(String name, String json) {
        return Extras.of(Dialect.ANTHROPIC_MESSAGES, Map.of(name, TestData.json(json)));
    }

    private Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "Hello", "{\"a\":1}", "\u4f60\u597d \ud83d\ude00", "line\nline", "  indented", "\"quoted\" \\"),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(20).map(text -> "x" + wellFormed(text) + "x"));
    }

    private static String wellFormed(String text) {
        return dev.llmgateway.ir.json.JsonText.wellFormed(text);
    }

    private Arbitrary<Extras> extras() {
        return Arbitraries.of(
                Extras.NONE,
                Extras.NONE,
                Extras.NONE.withCacheMark(new CacheMark(null)),
                own("citations", "[{'type':'char_location','cited_text':'a'}]"));
    }

    private Arbitrary<List<Message>> conversations() {
        Arbitrary<List<Content>> user = Combinators.combine(texts(), extras(), media())
                .as((text, extras, media) -> List.of(new Content.Text(text, extras.withCacheMark(null)), media));
        Arbitrary<Integer> calls = Arbitraries.integers().between(0, 3);
        Arbitrary<List<Round>> rounds = Combinators.combine(user, texts(), calls, texts(), Arbitraries.of(true, false))
                .as(Round::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        return Combinators.combine(texts(), rounds, Arbitraries.of(true, false)).as(RequestLawsTest::conversation);
    }

    private record Round(List<Content> user, String answer, int calls, String result, boolean flag) {}

    private static List<Message> conversation(String system, List<Round> rounds, boolean instructed) {
        List<Message> messages = new ArrayList<>();
        if (instructed) {
            messages.add(new Message(
                    Role.SYSTEM,
                    List.of(
                            new Content.Text(system),
                            new Content.Text("second", Extras.NONE.withCacheMark(new CacheMark("1h"))))));
        }
        int number = 0;
        for (Round round : rounds) {
            messages.add(new Message(Role.USER, round.user()));
            if (round.flag()) {
                messages.add(new Message(
                        Role.SYSTEM,
                        List.of(new Content.Text(round.result())),
                        own("output_config", "{'effort':'low'}")));
            }
            List<Content> answer = new ArrayList<>();
            answer.add(new Content.Reasoning(
                    round.flag() ? round.answer() : "",
                    new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "c2ln", null),
                    Extras.NONE));
            answer.add(new Content.Text(round.answer()));
            List<Content> results = new ArrayList<>();
            for (int i = 0; i < round.calls(); i++) {
                String id = "toolu_" + number++;
                answer.add(new Content.ToolCall(id, "look", "{\"z\":1,\"a\":[" + i + "]}"));
                results.add(new Content.ToolResult(
                        id, List.of(new Content.Text(round.result())), round.flag(), Extras.NONE));
            }
            messages.add(new Message(Role.ASSISTANT, answer));
            if (!results.isEmpty()) {
                messages.add(new Message(Role.TOOL, results));
            }
        }
        return messages;
    }

    private Arbitrary<Content> media() {
        return Arbitraries.of(
                new Content.Image(new MediaSource.Base64("image/png", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ")),
                new Content.Image(new MediaSource.Url("https://example.com/a.png")),
                new Content.Document(new MediaSource.Base64("application/pdf", "JVBERi0xLjQK"), "a.pdf", Extras.NONE),
                new Content.Document(new MediaSource.PlainText("plain"), null, own("context", "'why'")),
                new Content.Document(new MediaSource.FileId("file_1", Dialect.ANTHROPIC_MESSAGES), null, Extras.NONE),
                new Content.Vendor(
                        Dialect.ANTHROPIC_MESSAGES, TestData.json("{'type':'container_upload','file_id':'f'}")));
    }

    private Arbitrary<ToolUse> toolUses() {
        JsonNode schema = TestData.json("{'type':'object','properties':{'q':{'type':'string'}},'required':['q']}");
        Tool look = new Tool.Function("look", "Looks.", schema, true, own("defer_loading", "true"));
        Tool web = new Tool.Vendor(
                Dialect.ANTHROPIC_MESSAGES,
                "web_search",
                TestData.json("{'type':'web_search_20250305','name':'web_search'}"));
        return Arbitraries.of(
                ToolUse.NONE,
                new ToolUse(List.of(look, web), null, null),
                new ToolUse(List.of(look), ToolChoice.AUTO, false),
                new ToolUse(List.of(look), ToolChoice.REQUIRED, true),
                new ToolUse(List.of(look), ToolChoice.NONE, null),
                new ToolUse(List.of(look), ToolChoice.named("look"), false));
    }

    private Arbitrary<Sampling> samplings() {
        return Arbitraries.of(
                Sampling.DEFAULTS,
                Sampling.temperature(0.25),
                new Sampling(0.5, 0.9, 40, null, null, null, List.of("END", "STOP")));
    }

    /** Without {@code between_tools}, which no model takes that takes {@code disabled}. */
    private Arbitrary<ReasoningOptions> reasonings() {
        return Arbitraries.of(
                ReasoningOptions.DEFAULTS,
                ReasoningOptions.effort(Effort.HIGH),
                new ReasoningOptions(Mode.ENABLED, null, 1500, null),
                new ReasoningOptions(Mode.DISABLED, null, null, null),
                new ReasoningOptions(Mode.ADAPTIVE, Effort.XHIGH, null, "omitted"));
    }

    private Arbitrary<OutputFormat> formats() {
        JsonNode schema = TestData.json(
                "{'type':'object','properties':{'title':{'type':'string'}},'additionalProperties':false}");
        return Arbitraries.of(OutputFormat.TEXT, new OutputFormat.JsonSchema(null, null, schema, null));
    }
}
