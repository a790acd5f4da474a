package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.codec.AnthropicMembers;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.JsonDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Reads a Messages request. Strict where a mistake would change what is asked, lenient where clients are ahead of this
 * code: members and values that it does not know are kept for Anthropic.
 */
final class RequestDecoder {

    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "system",
            "max_tokens",
            "stream",
            "temperature",
            "top_p",
            "top_k",
            "stop_sequences",
            "tools",
            "tool_choice",
            "thinking",
            "output_config",
            "output_format",
            "metadata");

    private RequestDecoder() {}

    /**
     * Reads a body.
     *
     * @param countsOnly true for a token count, which names no {@code max_tokens}
     */
    static ChatRequest decode(byte[] body, boolean countsOnly) {
        JsonDocument.Parsed parsed;
        try {
            parsed = JsonDocument.parse(body);
        } catch (InvalidJsonException e) {
            throw new InvalidRequestFormatException(null, String.valueOf(e.getMessage()));
        }
        return decode(Fields.of(parsed.root(), null, Reading.REQUEST), parsed.document(), countsOnly);
    }

    private static ChatRequest decode(Fields request, JsonDocument document, boolean countsOnly) {
        BlockDecoder blocks = BlockDecoder.ofRequest();
        OptionsDecoder options = new OptionsDecoder(request);
        ReasoningOptions reasoning = options.reasoning();
        OutputFormat format = options.outputFormat();
        options.keepOutputConfig(reasoning, format);
        options.keepToolChoice();
        String model = model(request);
        List<Message> messages = messages(request, blocks);
        // What will be changed in them for Anthropic is read once.
        JsonNode array = request.get("messages");
        JsonDocument wire = array != null && Seals.areIn(messages) ? document.keeping("messages", array) : document;
        ChatRequest.Builder builder = ChatRequest.builder(model)
                .messages(messages)
                .toolUse(ToolsDecoder.decode(request))
                .sampling(sampling(request))
                .maxOutputTokens(maxTokens(request, countsOnly))
                .reasoning(reasoning)
                .outputFormat(format)
                .stream(request.isTrue("stream"))
                .endUser(options.endUser())
                .extras(extras(request, options));
        return builder.decodedFrom(Dialect.ANTHROPIC_MESSAGES, blocks.isRewritten() ? null : wire)
                .build();
    }

    private static Extras extras(Fields request, OptionsDecoder options) {
        Map<String, JsonNode> members = new LinkedHashMap<>(request.others(KNOWN));
        members.putAll(options.leftOver());
        return Extras.of(Dialect.ANTHROPIC_MESSAGES, members);
    }

    private static String model(Fields request) {
        String model = request.optionalString("model");
        if (model == null) {
            return ShownModel.AUTO;
        }
        if (model.isBlank()) {
            throw request.error("model", "must not be empty: name a model, or leave it out for \"auto\"");
        }
        return model;
    }

    private static @Nullable Integer maxTokens(Fields request, boolean countsOnly) {
        Integer max = request.optionalInt("max_tokens", 0);
        if (max == null && !countsOnly) {
            throw request.error("max_tokens", "is required: the largest number of tokens to generate");
        }
        return max;
    }

    private static List<Message> messages(Fields request, BlockDecoder blocks) {
        List<Message> messages = new ArrayList<>();
        JsonNode system = request.get("system");
        if (system != null) {
            List<Content> instructions = blocks.stringOrBlocks(system, request.at("system"));
            MessagesDecoder.requireNoTools(instructions, request.at("system"), "system");
            if (!instructions.isEmpty()) {
                messages.add(new Message(Role.SYSTEM, instructions));
            }
        }
        ArrayNode array = request.optionalArray("messages");
        if (array == null || array.isEmpty()) {
            throw request.error("messages", "at least one message is required");
        }
        boolean goesOn = AnthropicMembers.goesOn(request.get("thread"));
        new MessagesDecoder(blocks, messages, goesOn).decode(array, request.at("messages"));
        return messages;
    }

    private static Sampling sampling(Fields request) {
        Double temperature = request.optionalNumber("temperature");
        Double topP = request.optionalNumber("top_p");
        Integer topK = request.optionalInt("top_k", 0);
        List<String> stop = stop(request);
        if (temperature == null && topP == null && topK == null && stop.isEmpty()) {
            return Sampling.DEFAULTS;
        }
        return new Sampling(temperature, topP, topK, null, null, null, stop);
    }

    private static List<String> stop(Fields request) {
        ArrayNode array = request.optionalArray("stop_sequences");
        if (array == null) {
            return List.of();
        }
        List<String> stop = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            JsonNode text = array.get(i);
            if (!text.isString()) {
                throw Reading.REQUEST.error(
                        request.at("stop_sequences").element(i), "expected a string, got " + Fields.kind(text));
            }
            stop.add(text.stringValue());
        }
        return stop;
    }
}
