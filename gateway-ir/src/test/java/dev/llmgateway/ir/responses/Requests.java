package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;
import static dev.llmgateway.ir.responses.Responses.json;

import dev.llmgateway.ir.Answers;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.RequestParts;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.responses.Namespaces.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Requests in normal form that Responses can express, for laws. */
final class Requests {

    private static final Place AGENTS = new Place("agents", "Sub-agents.", "spawn");

    private Requests() {}

    static Arbitrary<ChatRequest> any() {
        return Combinators.combine(
                        conversations(),
                        toolUses(),
                        samplings(),
                        RequestParts.reasonings(),
                        RequestParts.formats(),
                        options())
                .as((messages, tools, sampling, reasoning, format, options) -> options.applyTo(ChatRequest.builder("m")
                        .messages(messages)
                        .toolUse(tools)
                        .sampling(sampling)
                        .reasoning(reasoning)
                        .outputFormat(format)));
    }

    private record Options(boolean stream, Integer maxTokens, String endUser, Extras extras) {
        ChatRequest applyTo(ChatRequest.Builder request) {
            return request.stream(stream)
                    .maxOutputTokens(maxTokens)
                    .endUser(endUser)
                    .extras(extras)
                    .decodedFrom(OPENAI_RESPONSES, null)
                    .build();
        }
    }

    private static Arbitrary<Options> options() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers().greaterOrEqual(1).injectNull(0.3),
                        Arbitraries.of("someone").injectNull(0.5),
                        Arbitraries.of(
                                Extras.NONE,
                                own("prompt_cache_key", "'k'"),
                                own("include", "['reasoning.encrypted_content']"),
                                own("store", "true"),
                                own("text.verbosity", "'low'"),
                                own("text.format.new_member", "1"),
                                own("reasoning.summary", "'auto'"),
                                own("a_new_member", "{'x':[1.50,null]}")))
                .as(Options::new);
    }

    static Extras own(String name, String value) {
        return RequestParts.own(OPENAI_RESPONSES, name, value);
    }

    private static Arbitrary<Content> userPart() {
        return Arbitraries.oneOf(
                Combinators.combine(Answers.texts(), RequestParts.partExtras(OPENAI_RESPONSES))
                        .as(Content.Text::new),
                Arbitraries.of(
                        new Content.Image(new MediaSource.Base64("image/png", "iVBORw0KGgo=")),
                        new Content.Image(new MediaSource.Url("https://example.com/a.png"), "low", Extras.NONE),
                        new Content.Image(new MediaSource.FileId("file-2", OPENAI_RESPONSES), null, Extras.NONE),
                        new Content.Audio(
                                new MediaSource.Base64("audio/wav", "UklGRg=="),
                                "wav",
                                own("input_audio.new_member", "1")),
                        new Content.Document(
                                new MediaSource.Base64("application/pdf", "JVBERi0xLjQK"), "a.pdf", Extras.NONE),
                        new Content.Document(new MediaSource.Url("https://example.com/a.pdf"), null, Extras.NONE),
                        new Content.Document(new MediaSource.FileId("file-1", OPENAI_RESPONSES), null, Extras.NONE),
                        new Content.Vendor(OPENAI_RESPONSES, json("{'type':'input_video','video':'x'}"))));
    }

    private static Arbitrary<List<Message>> conversations() {
        Arbitrary<Message> instructions = RequestParts.instructions(OPENAI_RESPONSES);
        Arbitrary<Message> user = Combinators.combine(
                        userPart().list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(Extras.NONE, own("id", "'msg_u'")))
                .as((parts, extras) -> new Message(Role.USER, parts, extras));
        return Combinators.combine(
                        instructions.list().ofMaxSize(2), user, round().list().ofMaxSize(3), user)
                .as((leading, first, rounds, between) -> {
                    List<Message> all = new ArrayList<>(leading);
                    all.add(first);
                    for (int i = 0; i < rounds.size(); i++) {
                        rounds.get(i).addTo(all, i);
                        all.add(between);
                    }
                    return all;
                });
    }

    private record Round(Content.Reasoning reasoning, String text, String refusal, int calls, List<Content> result) {
        void addTo(List<Message> all, int number) {
            List<Content> said = new ArrayList<>();
            if (reasoning != null) {
                said.add(reasoning);
            }
            if (text != null) {
                said.add(new Content.Text(text, own("message.id", "'msg_" + number + "'")));
                said.add(new Content.Text(text, own("message.phase", "'final_answer'")));
            }
            if (refusal != null) {
                said.add(new Content.Refusal(refusal));
            }
            List<Content> results = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                String id = "call_" + number + "_" + i;
                said.add(call(id, i));
                results.add(new Content.ToolResult(id, result, false, own("id", "'out_" + i + "'")));
            }
            if (said.isEmpty()) {
                said.add(new Content.Vendor(OPENAI_RESPONSES, json("{'type':'item_reference','id':'x'}")));
            }
            all.add(new Message(Role.ASSISTANT, said));
            if (!results.isEmpty()) {
                all.add(new Message(Role.TOOL, results));
            }
        }

        private static Content.ToolCall call(String id, int which) {
            return switch (which) {
                case 0 -> new Content.ToolCall(id, "look", "{\"z\":1, \"a\":[1]}", null, own("id", "'fc_1'"));
                case 1 ->
                    new Content.ToolCall(id, "patch", "free text", null, FreeTextCalls.mark(own("id", "'ctc_1'")));
                default -> {
                    Place place = new Place("agents", null, "spawn");
                    yield new Content.ToolCall(id, place.flatName(), "{}", null, Namespaces.mark(Extras.NONE, place));
                }
            };
        }
    }

    private static Arbitrary<Round> round() {
        return Combinators.combine(
                        reasoning().injectNull(0.6),
                        Answers.texts().injectNull(0.3),
                        Answers.texts().injectNull(0.8),
                        Arbitraries.integers().between(0, 3),
                        userPart().list().ofMaxSize(2))
                .as(Round::new);
    }

    private static Arbitrary<Content.Reasoning> reasoning() {
        OpaqueToken token = new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, "c2VhbGVk", null);
        Extras summary = own("summary", "[{'type':'summary_text','text':'a'},{'type':'summary_text','text':'b'}]");
        Extras content = own("content", "[{'type':'reasoning_text','text':'open'}]");
        return Arbitraries.of(
                new Content.Reasoning("one", token, Extras.NONE),
                new Content.Reasoning("", token, own("id", "'rs_1'")),
                new Content.Reasoning("a\n\nb", token, summary),
                new Content.Reasoning("open", null, content));
    }

    private static Arbitrary<ToolUse> toolUses() {
        Tool look = new Tool.Function(
                "look",
                "Looks.",
                json("{'$schema':'x','type':'object','properties':{'q':{'type':'string'}},'required':['q']}"),
                true,
                own("new_member", "2"));
        Tool plain = new Tool.Function("plain", null, json("{'type':'object','properties':{}}"));
        Tool patch = new Tool.Custom(
                "patch", "Patches.", json("{'type':'grammar','syntax':'lark','definition':'x'}"), Extras.NONE);
        Tool spawn = new Tool.Function(
                AGENTS.flatName(), "Spawns.", json("{}"), false, Namespaces.mark(Extras.NONE, AGENTS));
        Place close = new Place("agents", "Sub-agents.", "close");
        Tool closes = new Tool.Custom(close.flatName(), null, null, Namespaces.mark(Extras.NONE, close));
        Tool search = new Tool.Vendor(OPENAI_RESPONSES, "web_search", json("{'type':'web_search'}"));
        List<Tool> all = List.of(look, plain, patch, spawn, closes, search);
        ToolUse searches = new ToolUse(all, ToolChoice.named("web_search"), null);
        return Arbitraries.of(
                Stream.concat(RequestParts.uses(all), Stream.of(searches)).toList());
    }

    private static Arbitrary<Sampling> samplings() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 2).injectNull(0.5),
                        Arbitraries.doubles().between(0, 1).injectNull(0.5))
                .as((temperature, topP) -> new Sampling(temperature, topP, null, null, null, null, List.of()));
    }
}
