package dev.llmgateway.ir.fingerprint;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.TokenIds;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.Vector;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes all of a request that can change its answer. */
final class RequestWriter {

    /** How a stream or a vector is told, and the end user's id, which stand among what was not read. */
    private static final Set<String> NOT_OF_THE_ANSWER =
            Set.of("stream_options", "safety_identifier", "user", "encoding_format");

    /** Ids that clients of Responses make up anew for each item that they send. */
    private static final Set<String> IDS = Set.of("id", "message.id");

    /** Stands where a chat has the number of its messages, and is more than any has. */
    private static final int VECTORS = 0xff;

    private final FingerprintWriter out;

    RequestWriter(FingerprintWriter out) {
        this.out = out;
    }

    void request(ChatRequest request) {
        if (request.asksForVectors()) {
            out.tag(VECTORS);
        }
        out.list(request.messages(), this::message);
        toolUse(request.toolUse());
        sampling(request.sampling());
        out.number(request.maxOutputTokens());
        reasoning(request.reasoning());
        format(request.outputFormat());
        out.count(request.choiceCount());
        requestExtras(request.extras());
    }

    private void message(Message message) {
        out.constant(message.role());
        out.list(message.content(), this::content);
        extras(message.extras());
    }

    private void content(Content content) {
        switch (content) {
            case Content.Text text -> {
                out.tag(1);
                out.text(text.text());
            }
            case Content.Image image -> {
                out.tag(2);
                source(image.source());
                out.text(image.detail());
            }
            case Content.Document document -> {
                out.tag(3);
                source(document.source());
                out.text(document.name());
            }
            case Content.Audio audio -> {
                out.tag(4);
                source(audio.source());
                out.text(audio.format());
            }
            case Content.ToolCall call -> call(call);
            case Content.ToolResult result -> result(result);
            case Content.Reasoning reasoning -> {
                out.tag(7);
                out.text(reasoning.text());
                token(reasoning.token());
            }
            case Content.Refusal refusal -> {
                out.tag(8);
                out.text(refusal.text());
            }
            case Content.Vendor vendor -> {
                out.tag(9);
                out.constant(vendor.dialect());
                out.json(vendor.json());
            }
            case Content.Tokens tokens -> {
                out.tag(10);
                tokens(tokens.ids());
            }
            case Content.Embedding embedding -> {
                out.tag(11);
                vector(embedding.vector());
            }
        }
        extras(content.extras());
    }

    private void result(Content.ToolResult result) {
        out.tag(6);
        out.text(result.callId());
        out.list(result.content(), this::content);
        out.flag(result.isError());
    }

    private void call(Content.ToolCall call) {
        out.tag(5);
        out.text(call.id());
        out.text(call.name());
        out.text(call.arguments());
        token(call.token());
    }

    private void tokens(TokenIds ids) {
        out.count(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            out.count(ids.at(i));
        }
    }

    private void vector(Vector vector) {
        out.count(vector.dimensions());
        for (int i = 0; i < vector.dimensions(); i++) {
            out.count(Float.floatToIntBits(vector.at(i)));
        }
    }

    private void source(MediaSource source) {
        switch (source) {
            case MediaSource.Url url -> {
                out.tag(1);
                out.text(url.url());
            }
            case MediaSource.Base64 bytes -> {
                out.tag(2);
                out.text(bytes.mediaType());
                out.text(bytes.data());
            }
            case MediaSource.FileId file -> {
                out.tag(3);
                out.text(file.id());
                out.constant(file.dialect());
            }
            case MediaSource.PlainText text -> {
                out.tag(4);
                out.text(text.text());
            }
        }
    }

    private void token(@Nullable OpaqueToken token) {
        out.constant(token == null ? null : token.kind());
        if (token != null) {
            out.text(token.value());
            out.text(token.provider());
        }
    }

    private void toolUse(ToolUse use) {
        out.list(use.tools(), this::tool);
        ToolChoice choice = use.choice();
        out.constant(choice == null ? null : choice.mode());
        if (choice != null) {
            out.list(choice.names(), out::text);
        }
        out.flag(use.parallel());
    }

    private void tool(Tool tool) {
        out.text(tool.name());
        switch (tool) {
            case Tool.Function function -> {
                out.tag(1);
                out.text(function.description());
                out.json(function.parameters());
                out.flag(function.strict());
                extras(function.extras());
            }
            case Tool.Custom custom -> {
                out.tag(2);
                out.text(custom.description());
                out.json(custom.format());
                extras(custom.extras());
            }
            case Tool.Vendor vendor -> {
                out.tag(3);
                out.constant(vendor.dialect());
                out.json(vendor.json());
            }
        }
    }

    private void sampling(Sampling sampling) {
        out.number(sampling.temperature());
        out.number(sampling.topP());
        out.number(sampling.topK());
        out.number(sampling.seed());
        out.number(sampling.frequencyPenalty());
        out.number(sampling.presencePenalty());
        out.list(sampling.stop(), out::text);
    }

    private void reasoning(ReasoningOptions options) {
        out.constant(options.mode());
        out.constant(options.effort());
        out.number(options.budgetTokens());
        out.text(options.display());
    }

    private void format(OutputFormat format) {
        switch (format) {
            case OutputFormat.FreeText ignored -> out.tag(1);
            case OutputFormat.JsonObject ignored -> out.tag(2);
            case OutputFormat.JsonSchema schema -> {
                out.tag(3);
                out.text(schema.name());
                out.text(schema.description());
                out.json(schema.schema());
                out.flag(schema.strict());
            }
        }
    }

    private void requestExtras(Extras extras) {
        for (Dialect dialect : Dialect.values()) {
            out.members(without(NOT_OF_THE_ANSWER, extras.of(dialect)));
        }
    }

    /** A mark for the provider's prompt cache changes the price, not the answer. */
    private void extras(Extras extras) {
        for (Dialect dialect : Dialect.values()) {
            Map<String, JsonNode> members = extras.of(dialect);
            out.members(dialect == Dialect.OPENAI_RESPONSES ? without(IDS, members) : members);
        }
    }

    private static Map<String, JsonNode> without(Set<String> names, Map<String, JsonNode> members) {
        if (Collections.disjoint(members.keySet(), names)) {
            return members;
        }
        Map<String, JsonNode> fewer = new HashMap<>(members);
        fewer.keySet().removeAll(names);
        return fewer;
    }
}
