package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.OutputLimit;
import dev.llmgateway.ir.codec.RequestField;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonDocument;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a client's request. Members that the canonical vocabulary has no word for are kept as extras. */
final class RequestDecoder {

    /** {@code stream_options} and {@code safety_identifier} are read too, but stay among the extras. */
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "functions",
            "function_call",
            "temperature",
            "top_p",
            "top_k",
            "seed",
            "frequency_penalty",
            "presence_penalty",
            "stop",
            "max_tokens",
            "max_completion_tokens",
            "reasoning_effort",
            "response_format",
            "n",
            "stream",
            "user");

    /** Objects whose unknown members are kept among the request's extras. */
    static final String RESPONSE_FORMAT = "response_format";

    static final String JSON_SCHEMA = "json_schema";
    private static final Set<String> SCHEMA = Set.of("name", "description", "schema", "strict");

    private final RequestField body;
    private final JsonDocument document;

    private RequestDecoder(JsonDocument.Parsed parsed) {
        body = RequestField.root(parsed.root());
        document = parsed.document();
    }

    static ChatRequest decode(byte[] bytes) {
        return new RequestDecoder(RequestField.parse(bytes)).request();
    }

    private ChatRequest request() {
        MessageDecoder messages = new MessageDecoder();
        ChatRequest.Builder request = ChatRequest.builder(model())
                .messages(messages.decode(body.require("messages")))
                .toolUse(ToolDecoder.toolUse(body))
                .sampling(sampling())
                .maxOutputTokens(maxOutputTokens())
                .reasoning(reasoning())
                .outputFormat(outputFormat())
                .choiceCount(choiceCount())
                .stream(flag("stream"))
                .endUser(endUser())
                .extras(extras());
        boolean asReceived = !messages.isRewritten()
                && !body.has("functions")
                && !body.has("function_call")
                && !ToolDecoder.choiceSaysMore(body);
        return request.decodedFrom(OPENAI_CHAT, asReceived ? document : null).build();
    }

    private String model() {
        String model = body.optText("model");
        return model == null || model.isEmpty() ? ShownModel.AUTO : model;
    }

    private Sampling sampling() {
        return new Sampling(
                body.optDouble("temperature"),
                body.optDouble("top_p"),
                body.optInt("top_k"),
                body.optLong("seed"),
                body.optDouble("frequency_penalty"),
                body.optDouble("presence_penalty"),
                stop());
    }

    private List<String> stop() {
        RequestField stop = body.get("stop");
        if (stop == null) {
            return List.of();
        }
        if (stop.node().isString()) {
            return List.of(stop.text());
        }
        if (!stop.node().isArray()) {
            throw stop.invalid("must be a string or an array of strings, not " + stop.kind());
        }
        return stop.elements().stream().map(RequestField::text).toList();
    }

    /** The newer name wins when a client sends both; an older one that says something else stays among the extras. */
    private @Nullable Integer maxOutputTokens() {
        String name = body.has(OutputLimit.NEWER) ? OutputLimit.NEWER : OutputLimit.OLDER;
        Integer tokens = body.optInt(name);
        if (tokens != null && tokens < 1) {
            throw body.require(name).invalid("is " + tokens + ": must be 1 or more");
        }
        return tokens;
    }

    private ReasoningOptions reasoning() {
        ReasoningOptions.Effort effort = Efforts.parse(body.optText("reasoning_effort"));
        return effort == null ? ReasoningOptions.DEFAULTS : ReasoningOptions.effort(effort);
    }

    private OutputFormat outputFormat() {
        RequestField format = body.get(RESPONSE_FORMAT);
        if (format == null) {
            return OutputFormat.TEXT;
        }
        RequestField type = format.requireObject().require("type");
        return switch (type.text()) {
            case "text" -> OutputFormat.TEXT;
            case "json_object" -> new OutputFormat.JsonObject();
            case "json_schema" -> jsonSchema(format.require(JSON_SCHEMA).requireObject());
            default ->
                throw type.invalid(
                        "unknown format \"" + type.text() + "\": use \"text\", \"json_object\" or \"json_schema\"");
        };
    }

    private Extras withFormatMembers(Extras extras) {
        RequestField format = body.get(RESPONSE_FORMAT);
        if (format == null) {
            return extras;
        }
        Map<String, JsonNode> others = format.others(Set.of("type", JSON_SCHEMA));
        RequestField schema = format.get(JSON_SCHEMA);
        Extras all = NestedMembers.add(extras, RESPONSE_FORMAT, others);
        return schema == null ? all : NestedMembers.add(all, JSON_SCHEMA, schema.others(SCHEMA));
    }

    private static OutputFormat jsonSchema(RequestField format) {
        RequestField schema = format.get("schema");
        JsonNode node = schema == null
                ? Json.mapper().createObjectNode()
                : schema.requireObject().node();
        return new OutputFormat.JsonSchema(
                format.optText("name"), format.optText("description"), node, format.optBoolean("strict"));
    }

    private int choiceCount() {
        Integer n = body.optInt("n");
        if (n != null && n < 1) {
            throw body.require("n").invalid("is " + n + ": must be 1 or more");
        }
        return n == null ? 1 : n;
    }

    private boolean flag(String name) {
        return Boolean.TRUE.equals(body.optBoolean(name));
    }

    /** Which of the two names was used can be told from the extras, where {@code safety_identifier} stays. */
    private @Nullable String endUser() {
        String user = body.optText("user");
        String newer = body.optText("safety_identifier");
        return newer == null ? user : newer;
    }

    private boolean hasTwoLimits() {
        RequestField newer = body.get(OutputLimit.NEWER);
        RequestField older = body.get(OutputLimit.OLDER);
        return newer != null && older != null && !newer.node().equals(older.node());
    }

    private Extras extras() {
        RequestField options = body.get("stream_options");
        if (options != null) {
            options.requireObject().optBoolean("include_usage");
        }
        Set<String> known = KNOWN;
        boolean vendorsEffort = body.has("reasoning_effort") && Efforts.parse(body.optText("reasoning_effort")) == null;
        boolean twoUsers = body.has("user") && body.has("safety_identifier");
        boolean twoLimits = hasTwoLimits();
        if (vendorsEffort || twoUsers || twoLimits) {
            known = new HashSet<>(KNOWN);
            if (twoLimits) {
                known.remove(OutputLimit.OLDER);
            }
            if (vendorsEffort) {
                known.remove("reasoning_effort");
            }
            if (twoUsers) {
                known.remove("user");
            }
        }
        Extras extras = withFormatMembers(body.extras(OPENAI_CHAT, known));
        return body.has("functions") && !body.has("tools") ? CallStyle.remember(extras) : extras;
    }
}
