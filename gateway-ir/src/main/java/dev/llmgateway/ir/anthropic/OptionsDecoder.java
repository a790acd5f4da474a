package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.ReasoningOptions.Mode;
import dev.llmgateway.ir.codec.Efforts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads {@code thinking}, {@code output_config} (and the beta's {@code output_format}) and {@code metadata}. What of them
 * has no canonical place, such as a value that is newer than this code, is left over under its own name.
 */
final class OptionsDecoder {

    private static final Set<String> CHOICE = Set.of("type", "disable_parallel_tool_use");
    private static final Set<String> NAMED_CHOICE = Set.of("type", "name", "disable_parallel_tool_use");

    private final Fields request;
    private final Map<String, JsonNode> leftOver = new LinkedHashMap<>();

    OptionsDecoder(Fields request) {
        this.request = request;
    }

    /** What the other methods could not place; to be asked for last. */
    Map<String, JsonNode> leftOver() {
        return leftOver;
    }

    ReasoningOptions reasoning() {
        Fields thinking = request.optionalFields("thinking");
        Effort effort = effort();
        if (thinking == null) {
            return new ReasoningOptions(null, effort, null, null);
        }
        Mode mode = mode(thinking.string("type"));
        if (mode == null) {
            leftOver.put("thinking", thinking.object());
            return new ReasoningOptions(null, effort, null, null);
        }
        keep("thinking", thinking, Set.of("type", "budget_tokens", "display"));
        return new ReasoningOptions(
                mode, effort, thinking.optionalInt("budget_tokens", 1), thinking.optionalString("display"));
    }

    private static @Nullable Mode mode(String type) {
        return switch (type) {
            case "enabled" -> Mode.ENABLED;
            case "disabled" -> Mode.DISABLED;
            case "adaptive" -> Mode.ADAPTIVE;
            case "between_tools" -> Mode.BETWEEN_TOOLS;
            default -> null;
        };
    }

    private @Nullable Effort effort() {
        Fields config = request.optionalFields("output_config");
        String word = config == null ? null : config.optionalString("effort");
        return Efforts.parse(word);
    }

    OutputFormat outputFormat() {
        Fields config = request.optionalFields("output_config");
        Fields format = config == null ? null : config.optionalFields("format");
        if (format == null) {
            format = request.optionalFields("output_format");
        }
        if (format == null) {
            return OutputFormat.TEXT;
        }
        JsonNode schema = format.get("schema");
        if (!"json_schema".equals(format.optionalString("type")) || schema == null) {
            return OutputFormat.TEXT;
        }
        if (!schema.isObject()) {
            throw format.wrongType("schema", "an object (a JSON Schema)", schema);
        }
        return new OutputFormat.JsonSchema(null, null, schema, null);
    }

    /** Keeps the members of {@code output_config} that {@code effort} and {@code format} do not say. */
    void keepOutputConfig(ReasoningOptions reasoning, OutputFormat format) {
        Fields config = request.optionalFields("output_config");
        if (config != null) {
            Map<String, JsonNode> others = new LinkedHashMap<>(config.others(Set.of()));
            if (reasoning.effort() != null) {
                others.remove("effort");
            }
            Fields known = config.optionalFields("format");
            if (known != null && format instanceof OutputFormat.JsonSchema) {
                others.remove("format");
                ObjectNode rest = object(known.others(Set.of("type", "schema")));
                if (!rest.isEmpty()) {
                    others.put("format", rest);
                }
            }
            put("output_config", others);
        }
        JsonNode old = request.get("output_format");
        boolean read = format instanceof OutputFormat.JsonSchema && (config == null || config.get("format") == null);
        if (old != null && !(read && old.size() == 2)) {
            leftOver.put("output_format", old);
        }
    }

    /** Keeps the members of {@code tool_choice} that are newer than this code. */
    void keepToolChoice() {
        Fields choice = request.optionalFields("tool_choice");
        if (choice != null) {
            boolean named = "tool".equals(choice.optionalString("type"));
            keep("tool_choice", choice, named ? NAMED_CHOICE : CHOICE);
        }
    }

    @Nullable
    String endUser() {
        Fields metadata = request.optionalFields("metadata");
        if (metadata == null) {
            return null;
        }
        keep("metadata", metadata, Set.of("user_id"));
        return metadata.optionalString("user_id");
    }

    private void keep(String name, Fields object, Set<String> known) {
        put(name, object.others(known));
    }

    private void put(String name, Map<String, JsonNode> members) {
        if (!members.isEmpty()) {
            leftOver.put(name, object(members));
        }
    }

    private ObjectNode object(Map<String, JsonNode> members) {
        ObjectNode object = request.object().objectNode();
        members.forEach(object::set);
        return object;
    }
}
