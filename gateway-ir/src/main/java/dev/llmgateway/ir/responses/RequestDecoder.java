package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.RequestField;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a client's request. Members that the canonical vocabulary has no word for are kept as extras, those inside {@code
 * reasoning} and {@code text} under the names of both.
 */
final class RequestDecoder {

    /** {@code safety_identifier} is read too, but stays among the extras. */
    private static final Set<String> KNOWN = Set.of(
            "model",
            "input",
            "instructions",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "temperature",
            "top_p",
            "max_output_tokens",
            "reasoning",
            "text",
            "stream",
            "user",
            "background",
            "previous_response_id",
            "conversation");

    private static final String PROMPT = "prompt";
    private static final Set<String> FORMAT = Set.of("type", "name", "description", "schema", "strict");

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
        refuseState();
        RequestField items = input();
        InputDecoder input = new InputDecoder();
        List<Message> messages = new ArrayList<>();
        String instructions = body.optText("instructions");
        if (instructions != null && !instructions.isEmpty()) {
            messages.add(Message.system(instructions));
        }
        if (items != null) {
            messages.addAll(input.decode(items));
        }
        ChatRequest.Builder request = ChatRequest.builder(model())
                .messages(messages)
                .toolUse(ToolsDecoder.toolUse(body))
                .sampling(sampling())
                .maxOutputTokens(maxOutputTokens())
                .reasoning(reasoning())
                .outputFormat(outputFormat())
                .stream(Boolean.TRUE.equals(body.optBoolean("stream")))
                .endUser(endUser())
                .extras(extras());
        return request.decodedFrom(OPENAI_RESPONSES, input.isRewritten() ? null : wire(items, messages))
                .build();
    }

    /** What may be changed in the input on its way to a provider of this dialect is read once. */
    private JsonDocument wire(@Nullable RequestField items, List<Message> messages) {
        return items != null && InputSplice.isNeeded(messages, UnsealedReasoning.STRICTEST)
                ? document.keeping("input", items.node())
                : document;
    }

    /** What can only be answered by one who kept earlier answers. */
    private void refuseState() {
        for (String name : List.of("previous_response_id", "conversation")) {
            RequestField state = body.get(name);
            if (state != null) {
                throw state.invalid(
                        "the gateway keeps no conversations: leave it out, and send the whole conversation in \"input\"");
            }
        }
        if (Boolean.TRUE.equals(body.optBoolean("background"))) {
            throw body.require("background")
                    .invalid(
                            "the gateway keeps no answers to be fetched later: leave it out, and read a stream for answers"
                                    + " that take long");
        }
    }

    /** Null when a prompt that OpenAI keeps is all that is asked. */
    private @Nullable RequestField input() {
        RequestField input = body.get("input");
        if (input == null && !body.has(PROMPT)) {
            throw new InvalidRequestFormatException(
                    "input", "is required: the conversation, as a string or an array of items");
        }
        return input;
    }

    private String model() {
        String model = body.optText("model");
        return model == null || model.isEmpty() ? ShownModel.AUTO : model;
    }

    private Sampling sampling() {
        Double temperature = body.optDouble("temperature");
        Double topP = body.optDouble("top_p");
        return temperature == null && topP == null
                ? Sampling.DEFAULTS
                : new Sampling(temperature, topP, null, null, null, null, List.of());
    }

    private @Nullable Integer maxOutputTokens() {
        Integer tokens = body.optInt("max_output_tokens");
        if (tokens != null && tokens < 1) {
            throw body.require("max_output_tokens").invalid("is " + tokens + ": must be 1 or more");
        }
        return tokens;
    }

    private ReasoningOptions reasoning() {
        RequestField reasoning = body.get("reasoning");
        if (reasoning == null) {
            return ReasoningOptions.DEFAULTS;
        }
        ReasoningOptions.Effort effort = Efforts.parse(reasoning.requireObject().optText("effort"));
        return effort == null ? ReasoningOptions.DEFAULTS : ReasoningOptions.effort(effort);
    }

    private OutputFormat outputFormat() {
        RequestField format = format();
        if (format == null) {
            return OutputFormat.TEXT;
        }
        RequestField type = format.requireObject().require("type");
        return switch (type.text()) {
            case "text" -> OutputFormat.TEXT;
            case "json_object" -> new OutputFormat.JsonObject();
            case "json_schema" -> jsonSchema(format);
            default ->
                throw type.invalid(
                        "unknown format \"" + type.text() + "\": use \"text\", \"json_object\" or \"json_schema\"");
        };
    }

    private @Nullable RequestField format() {
        RequestField text = body.get("text");
        return text == null ? null : text.requireObject().get("format");
    }

    private static OutputFormat jsonSchema(RequestField format) {
        RequestField schema = format.get("schema");
        JsonNode node = schema == null
                ? Json.mapper().createObjectNode()
                : schema.requireObject().node();
        return new OutputFormat.JsonSchema(
                format.optText("name"), format.optText("description"), node, format.optBoolean("strict"));
    }

    /** Which of the two names was used can be told from the extras, where {@code safety_identifier} stays. */
    private @Nullable String endUser() {
        String user = body.optText("user");
        String newer = body.optText("safety_identifier");
        return newer == null ? user : newer;
    }

    private Extras extras() {
        Set<String> known = KNOWN;
        if (body.has("user") && body.has("safety_identifier")) {
            known = new HashSet<>(KNOWN);
            known.remove("user");
        }
        Extras extras = Members.extras(body, known);
        RequestField reasoning = body.get("reasoning");
        if (reasoning != null) {
            boolean vendorsEffort = Efforts.parse(reasoning.optText("effort")) == null;
            extras = Members.add(
                    extras, "reasoning", Members.others(reasoning, vendorsEffort ? Set.of() : Set.of("effort")));
        }
        RequestField text = body.get("text");
        if (text != null) {
            extras = Members.add(extras, "text", Members.others(text, Set.of("format")));
        }
        RequestField format = format();
        if (format != null) {
            extras = Members.add(extras, "text.format", Members.others(format, FORMAT));
        }
        return ToolsDecoder.withChoice(extras, body);
    }
}
