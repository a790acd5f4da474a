package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Answers;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.RequestParts;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.databind.JsonNode;

/** Requests in normal form that Chat Completions can express, for laws. */
final class Requests {

    /** A model that takes everything that the format can say. */
    static final Target CAPABLE = new Target(
            "openai",
            "capable",
            ModelTraits.openAi().toBuilder()
                    .acceptsTopK(true)
                    .efforts(EnumSet.allOf(Effort.class))
                    .reasoningField(ModelTraits.ReasoningField.REASONING_CONTENT)
                    .build());

    private Requests() {}

    static Arbitrary<ChatRequest> any() {
        return Combinators.combine(
                        conversations(),
                        toolUses(),
                        samplings(),
                        RequestParts.reasonings(),
                        RequestParts.formats(),
                        Arbitraries.integers().between(1, 3),
                        options())
                .as((messages, tools, sampling, reasoning, format, n, options) ->
                        options.applyTo(ChatRequest.builder("m")
                                .messages(messages)
                                .toolUse(tools)
                                .sampling(sampling)
                                .reasoning(reasoning)
                                .outputFormat(format)
                                .choiceCount(n)));
    }

    private record Options(boolean stream, Integer maxTokens, String endUser, Extras extras) {
        ChatRequest applyTo(ChatRequest.Builder request) {
            Extras all = stream ? extras.with(OPENAI_CHAT, "stream_options", json("{'include_usage':true}")) : extras;
            return request.stream(stream)
                    .maxOutputTokens(maxTokens)
                    .endUser(endUser)
                    .extras(all)
                    .decodedFrom(OPENAI_CHAT, null)
                    .build();
        }
    }

    private static Arbitrary<Options> options() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers().greaterOrEqual(1).injectNull(0.3),
                        Answers.texts().injectNull(0.5),
                        Arbitraries.of(
                                Extras.NONE,
                                own("prompt_cache_key", "'k'"),
                                own("a_new_member", "{'x':[1.50,null,'\\ud83d\\ude00']}")))
                .as(Options::new);
    }

    static JsonNode json(String text) {
        return Streams.json(text);
    }

    static Extras own(String name, String value) {
        return RequestParts.own(OPENAI_CHAT, name, value);
    }

    private static Arbitrary<Content> userPart() {
        return Arbitraries.oneOf(
                Combinators.combine(Answers.texts(), RequestParts.partExtras(OPENAI_CHAT))
                        .as(Content.Text::new),
                Arbitraries.of(
                        new Content.Image(new MediaSource.Base64("image/png", "iVBORw0KGgo=")),
                        new Content.Image(new MediaSource.Url("https://example.com/a.png"), "low", Extras.NONE),
                        new Content.Image(
                                new MediaSource.Url("https://example.com/b.png"), null, own("image_url.format", "'x'")),
                        new Content.Audio(new MediaSource.Base64("audio/wav", "UklGRg=="), "wav", Extras.NONE),
                        new Content.Document(
                                new MediaSource.Base64("application/pdf", "JVBERi0xLjQK"), "a.pdf", Extras.NONE),
                        new Content.Document(new MediaSource.FileId("file-1", OPENAI_CHAT), null, Extras.NONE),
                        new Content.Vendor(OPENAI_CHAT, json("{'type':'video_url','video_url':{'url':'x'}}"))));
    }

    private static Arbitrary<List<Message>> conversations() {
        Arbitrary<Message> instructions = RequestParts.instructions(OPENAI_CHAT);
        Arbitrary<Message> user = Combinators.combine(
                        userPart().list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(Extras.NONE, own("name", "'Ann'")))
                .as((parts, extras) -> new Message(Role.USER, parts, extras));
        return Combinators.combine(
                        instructions.list().ofMaxSize(2),
                        user,
                        round().list().ofMaxSize(3),
                        instructions.injectNull(0.6))
                .as((leading, first, rounds, mid) -> {
                    List<Message> all = new ArrayList<>(leading);
                    all.add(first);
                    for (int i = 0; i < rounds.size(); i++) {
                        rounds.get(i).addTo(all, i);
                        if (mid != null) {
                            all.add(mid);
                        }
                    }
                    return all;
                });
    }

    private record Round(String reasoning, String text, String refusal, int calls, String result) {
        /** A thought alone is not sent. */
        boolean says() {
            return text != null || refusal != null || calls > 0;
        }

        void addTo(List<Message> all, int number) {
            List<Content> said = new ArrayList<>();
            if (reasoning != null && says()) {
                said.add(new Content.Reasoning(reasoning, null, Extras.NONE));
            }
            if (text != null) {
                said.add(new Content.Text(text));
            }
            if (refusal != null) {
                said.add(new Content.Refusal(refusal));
            }
            List<Content> results = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                String id = "call_" + number + "_" + i;
                said.add(
                        i == 1
                                ? new Content.ToolCall(id, "patch", "free text", null, own("type", "'custom'"))
                                : new Content.ToolCall(id, "look", "{\"z\":1, \"a\":[" + i + "]}"));
                List<Content> parts = result.isBlank() ? List.of() : List.of(new Content.Text(result));
                results.add(new Content.ToolResult(id, parts, false, Extras.NONE));
            }
            all.add(new Message(Role.ASSISTANT, said));
            if (!results.isEmpty()) {
                all.add(new Message(Role.TOOL, results));
            }
        }
    }

    private static Arbitrary<Round> round() {
        return Combinators.combine(
                        Answers.texts().injectNull(0.6),
                        Answers.texts().injectNull(0.3),
                        Answers.texts().injectNull(0.8),
                        Arbitraries.integers().between(0, 3),
                        Answers.texts())
                .as(Round::new);
    }

    private static Arbitrary<ToolUse> toolUses() {
        JsonNode schema = json("{'$schema':'x','type':'object','properties':{'q':{'type':'string'}},'required':['q']}");
        Tool look = new Tool.Function("look", "Looks.", schema, true, own("function.new_member", "2"));
        Tool plain = new Tool.Function("plain", null, json("{'type':'object','properties':{}}"));
        Tool patch = new Tool.Custom(
                "patch", "Patches.", json("{'type':'grammar','syntax':'lark','definition':'x'}"), Extras.NONE);
        Tool search = new Tool.Vendor(OPENAI_CHAT, "browser_search", json("{'type':'browser_search'}"));
        List<Tool> all = List.of(look, plain, patch, search);
        return Arbitraries.of(RequestParts.uses(all).toList());
    }

    private static Arbitrary<Sampling> samplings() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 2).injectNull(0.5),
                        Arbitraries.doubles().between(0, 1).injectNull(0.5),
                        Arbitraries.integers().between(1, 100).injectNull(0.5),
                        Arbitraries.longs().injectNull(0.5),
                        Arbitraries.doubles().between(-2, 2).injectNull(0.7),
                        Arbitraries.doubles().between(-2, 2).injectNull(0.7),
                        Answers.texts().list().ofMaxSize(4))
                .as(Sampling::new);
    }
}
