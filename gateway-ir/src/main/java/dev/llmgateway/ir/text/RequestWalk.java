package dev.llmgateway.ir.text;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.text.TextPlace.Kind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Walks over a whole request. An unchanged part is the same instance: that is how changes are told. For one walk. */
@SuppressWarnings("ReferenceEquality")
final class RequestWalk {

    private final Texts texts;
    private final JsonWalk json;
    private final PartWalk parts;

    RequestWalk(Texts texts) {
        this.texts = texts;
        this.json = new JsonWalk(texts);
        this.parts = new PartWalk(texts, json);
    }

    ChatRequest map(ChatRequest request) {
        List<Message> messages = Texts.each(request.messages(), this::message);
        ToolUse toolUse = toolUse(request.toolUse());
        OutputFormat format = outputFormat(request.outputFormat());
        Sampling sampling = sampling(request.sampling());
        String endUser = texts.optional(request.endUser(), TextPlace.ofRequest(Kind.END_USER, "user"));
        Extras extras = json.extras(request.extras(), TextPlace.ofRequest(Kind.EXTRA, ""));
        boolean same = messages == request.messages()
                && toolUse == request.toolUse()
                && format == request.outputFormat()
                && sampling == request.sampling()
                && Objects.equals(endUser, request.endUser())
                && extras == request.extras();
        return same
                ? request
                : request.toBuilder()
                        .messages(messages)
                        .toolUse(toolUse)
                        .outputFormat(format)
                        .sampling(sampling)
                        .endUser(endUser)
                        .extras(extras)
                        .build();
    }

    private @Nullable Message message(Message message, int index) {
        Kind kind = switch (message.role()) {
            case SYSTEM, DEVELOPER -> Kind.SYSTEM;
            case USER, ASSISTANT -> Kind.MESSAGE;
            case TOOL -> Kind.TOOL_RESULT;
        };
        TextPlace place = TextPlace.ofMessage(kind, index);
        var content = parts.parts(message.content(), place);
        Extras extras = json.extras(message.extras(), place);
        if (content == message.content() && extras == message.extras()) {
            return message;
        }
        boolean emptied = content.isEmpty() && !message.content().isEmpty();
        return emptied ? null : new Message(message.role(), content, extras);
    }

    private ToolUse toolUse(ToolUse use) {
        List<Tool> tools = Texts.each(use.tools(), this::tool);
        return tools == use.tools() ? use : new ToolUse(tools, use.choice(), use.parallel());
    }

    private Tool tool(Tool tool, int index) {
        return switch (tool) {
            case Tool.Function function -> function(function, index);
            case Tool.Custom custom -> custom(custom, index);
            case Tool.Vendor vendor -> {
                JsonNode whole = json.map(vendor.json(), JsonRules.TOOL, TextPlace.ofTool(Kind.EXTRA, index, ""));
                yield whole == vendor.json() ? vendor : new Tool.Vendor(vendor.dialect(), vendor.name(), whole);
            }
        };
    }

    private Tool function(Tool.Function function, int index) {
        String description = description(function.description(), index);
        JsonNode parameters = optional(function.parameters(), TextPlace.ofTool(Kind.SCHEMA, index, "parameters"));
        Extras extras = json.extras(function.extras(), TextPlace.ofTool(Kind.EXTRA, index, ""));
        boolean same = Objects.equals(description, function.description())
                && parameters == function.parameters()
                && extras == function.extras();
        return same ? function : new Tool.Function(function.name(), description, parameters, function.strict(), extras);
    }

    private Tool custom(Tool.Custom custom, int index) {
        String description = description(custom.description(), index);
        JsonNode format = optional(custom.format(), TextPlace.ofTool(Kind.SCHEMA, index, "format"));
        Extras extras = json.extras(custom.extras(), TextPlace.ofTool(Kind.EXTRA, index, ""));
        boolean same = Objects.equals(description, custom.description())
                && format == custom.format()
                && extras == custom.extras();
        return same ? custom : new Tool.Custom(custom.name(), description, format, extras);
    }

    private @Nullable String description(@Nullable String description, int tool) {
        return texts.optional(description, TextPlace.ofTool(Kind.TOOL_DESCRIPTION, tool, "description"));
    }

    private @Nullable JsonNode optional(@Nullable JsonNode schema, TextPlace place) {
        return schema == null ? null : json.map(schema, JsonRules.SCHEMA, place);
    }

    private OutputFormat outputFormat(OutputFormat format) {
        return switch (format) {
            case OutputFormat.FreeText free -> free;
            case OutputFormat.JsonObject any -> any;
            case OutputFormat.JsonSchema schema -> {
                String name = texts.optional(schema.name(), TextPlace.ofRequest(Kind.RESPONSE_FORMAT, "name"));
                String description =
                        texts.optional(schema.description(), TextPlace.ofRequest(Kind.RESPONSE_FORMAT, "description"));
                JsonNode node = json.map(
                        schema.schema(), JsonRules.SCHEMA, TextPlace.ofRequest(Kind.RESPONSE_FORMAT, "schema"));
                boolean same = Objects.equals(name, schema.name())
                        && Objects.equals(description, schema.description())
                        && node == schema.schema();
                yield same ? schema : new OutputFormat.JsonSchema(name, description, node, schema.strict());
            }
        };
    }

    private Sampling sampling(Sampling sampling) {
        TextPlace place = TextPlace.ofRequest(Kind.STOP, "stop");
        List<String> stop = Texts.each(sampling.stop(), (text, index) -> texts.text(text, place));
        return stop == sampling.stop()
                ? sampling
                : new Sampling(
                        sampling.temperature(),
                        sampling.topP(),
                        sampling.topK(),
                        sampling.seed(),
                        sampling.frequencyPenalty(),
                        sampling.presencePenalty(),
                        stop);
    }
}
