package dev.llmgateway.providers.simulated;

import dev.llmgateway.providers.simulated.Prompt.Thinking;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads requests of OpenAI's Responses. */
final class ResponsesPrompts {
    private static final int LEAST_OUTPUT = 16;

    /** All that OpenAI's reference names, and {@code client_metadata}, which Codex sends. */
    private static final Set<String> KNOWN = Set.of(
            "background",
            "client_metadata",
            "context_management",
            "conversation",
            "include",
            "input",
            "instructions",
            "max_output_tokens",
            "max_tool_calls",
            "metadata",
            "model",
            "moderation",
            "parallel_tool_calls",
            "previous_response_id",
            "prompt",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "reasoning",
            "safety_identifier",
            "service_tier",
            "store",
            "stream",
            "stream_options",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "truncation",
            "user");

    private static final Set<String> TOOLS_WITHOUT_CALLS = Set.of(
            "apply_patch",
            "code_interpreter",
            "computer",
            "computer_use_preview",
            "file_search",
            "image_generation",
            "local_shell",
            "mcp",
            "shell",
            "tool_search",
            "web_search",
            "web_search_preview");

    private ResponsesPrompts() {}

    static Prompt read(ReceivedRequest request, Seal seal) {
        JsonNode body = Prompts.object(request);
        body.propertyNames().forEach(ResponsesPrompts::requireKnown);
        String model = Prompts.required(body.path("model").asString(""), "Missing required parameter: 'model'.");
        if (body.hasNonNull("previous_response_id")) {
            String id = body.path("previous_response_id").asString("");
            throw new BadPrompt(
                    400,
                    "Previous response with id '" + id + "' not found.",
                    "previous_response_not_found",
                    "previous_response_id");
        }
        requireNoSamplingWhileReasoning(body);
        Prompt.Input input = ResponsesInput.read(body, seal);
        return new Prompt(model, input, tools(body), output(body), body);
    }

    private static void requireKnown(String member) {
        if (!KNOWN.contains(member)) {
            throw new BadPrompt(400, "Unknown parameter: '" + member + "'.", "unknown_parameter", member);
        }
    }

    private static void requireNoSamplingWhileReasoning(JsonNode body) {
        for (String member : List.of("temperature", "top_p")) {
            if (body.hasNonNull(member) && reasons(body)) {
                throw new BadPrompt(
                        400, "Unsupported parameter: '" + member + "' is not supported with this model.", null, member);
            }
        }
    }

    /** Whether the answer is to carry its reasoning as what only this provider can read. */
    static boolean wantsSealedReasoning(JsonNode body) {
        return Prompts.strings(body.path("include")).contains("reasoning.encrypted_content");
    }

    private static Prompt.Tools tools(JsonNode body) {
        List<Prompt.Tool> all = new ArrayList<>();
        int place = 0;
        for (JsonNode tool : body.path("tools").values()) {
            add(all, tool, "tools[" + place++ + "]", null);
        }
        JsonNode choice = body.path("tool_choice");
        String forced = choice.path("name").asString("");
        if (choice.asString("").equals("none")) {
            all.clear();
        }
        all.removeIf(tool -> !forced.isEmpty() && !forced.equals(tool.name()));
        return new Prompt.Tools(all, body.path("parallel_tool_calls").asBoolean(true));
    }

    private static void add(List<Prompt.Tool> all, JsonNode tool, String place, @Nullable String namespace) {
        String type = tool.path("type").asString("");
        switch (type) {
            case "function" -> all.add(new Prompt.Tool(name(tool, place), tool.path("parameters"), false, namespace));
            case "custom" -> all.add(new Prompt.Tool(name(tool, place), tool, true, namespace));
            case "namespace" -> {
                String name = name(tool, place);
                for (JsonNode nested : tool.path("tools").values()) {
                    add(all, nested, place + ".tools", name);
                }
            }
            default -> {
                if (!TOOLS_WITHOUT_CALLS.contains(type)) {
                    throw invalidValue(place + ".type", type);
                }
            }
        }
    }

    private static String name(JsonNode tool, String place) {
        String name = tool.path("name").asString("");
        if (name.isEmpty()) {
            throw missing(place + ".name");
        }
        if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
            throw new BadPrompt(
                    400,
                    "Invalid '" + place + ".name': string does not match pattern. Expected a string that matches the"
                            + " pattern '^[a-zA-Z0-9_-]+$'.",
                    "invalid_value",
                    place + ".name");
        }
        return name;
    }

    static BadPrompt missing(String param) {
        return new BadPrompt(400, "Missing required parameter: '" + param + "'.", "missing_required_parameter", param);
    }

    static BadPrompt invalidValue(String param, String value) {
        return new BadPrompt(400, "Invalid value: '" + value + "'.", "invalid_value", param);
    }

    private static Prompt.Output output(JsonNode body) {
        int most = body.path("max_output_tokens").asInt(Integer.MAX_VALUE);
        if (most < LEAST_OUTPUT) {
            throw new BadPrompt(
                    400,
                    "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= " + LEAST_OUTPUT
                            + ", but got " + most + " instead.",
                    "integer_below_min_value",
                    "max_output_tokens");
        }
        return new Prompt.Output(
                body.path("stream").asBoolean(false), true, most, List.of(), schema(body), thinking(body), 1);
    }

    private static @Nullable JsonNode schema(JsonNode body) {
        JsonNode format = body.path("text").path("format");
        return switch (format.path("type").asString("text")) {
            case "json_schema" -> {
                if (!format.path("schema").isObject()) {
                    throw missing("text.format.schema");
                }
                if (format.path("name").asString("").isEmpty()) {
                    throw missing("text.format.name");
                }
                yield format.path("schema");
            }
            case "json_object" -> Json.object();
            case "text" -> null;
            default ->
                throw invalidValue("text.format.type", format.path("type").asString(""));
        };
    }

    private static boolean reasons(JsonNode body) {
        JsonNode reasoning = body.path("reasoning");
        boolean asked = reasoning.hasNonNull("effort") || reasoning.hasNonNull("summary");
        return asked && !reasoning.path("effort").asString("").equals("none");
    }

    private static Thinking thinking(JsonNode body) {
        if (!reasons(body)) {
            return Thinking.NONE;
        }
        return body.path("reasoning").hasNonNull("summary") ? Thinking.SHOWN : Thinking.OMITTED;
    }
}
