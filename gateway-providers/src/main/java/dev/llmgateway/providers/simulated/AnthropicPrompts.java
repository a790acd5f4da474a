package dev.llmgateway.providers.simulated;

import dev.llmgateway.providers.simulated.Prompt.Thinking;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads requests of Anthropic's Messages. */
final class AnthropicPrompts {
    private static final String VERSION_WITHOUT_SAMPLING = "2026-10-21";
    private static final List<String> SAMPLING = List.of("temperature", "top_p", "top_k");

    /** Claude 4.6 and later. */
    private static final Pattern WITHOUT_PREFILL =
            Pattern.compile("claude-(?:(?:opus|sonnet)-4-[6-9]|[a-z]+-[5-9]|mythos).*");

    private AnthropicPrompts() {}

    static Prompt read(ReceivedRequest request, boolean tokensOnly, Seal seal) {
        JsonNode body = Prompts.object(request);
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new BadPrompt("messages: Field required");
        }
        checkVersion(request, body);
        checkSignatures(messages, seal);
        if (!tokensOnly && !body.path("max_tokens").isInt()) {
            throw new BadPrompt("max_tokens: Field required");
        }
        String model = Prompts.required(body.path("model").asString(""), "model: Field required");
        checkEnds(messages, model);
        return new Prompt(model, input(body, messages), tools(body), output(body), body);
    }

    private static void checkVersion(ReceivedRequest request, JsonNode body) {
        String version = request.header("anthropic-version");
        if (version == null) {
            throw new BadPrompt("anthropic-version: header is required");
        }
        for (String field : SAMPLING) {
            if (version.equals(VERSION_WITHOUT_SAMPLING) && body.has(field)) {
                throw new BadPrompt(field + ": not supported with anthropic-version " + version);
            }
        }
    }

    /** What was thought has to come back as it was told. */
    private static void checkSignatures(JsonNode messages, Seal seal) {
        for (int i = 0; i < messages.size(); i++) {
            JsonNode content = messages.get(i).path("content");
            for (int block = 0; block < content.size(); block++) {
                JsonNode each = content.path(block);
                String place = "messages." + i + ".content." + block;
                if (!each.path("type").asString("").equals("thinking")) {
                    continue;
                }
                if (!each.path("signature").isString()) {
                    throw new BadPrompt(place + ".thinking.signature: Field required");
                }
                if (!seal.isOwn(each.path("signature").stringValue())) {
                    throw new BadPrompt(place + ": Invalid `signature` in `thinking` block");
                }
            }
        }
    }

    /** An assistant's message ends with more than thoughts, and newer models want the last word to be the user's. */
    private static void checkEnds(JsonNode messages, String model) {
        String role = "";
        for (int i = 0; i < messages.size(); i++) {
            role = messages.path(i).path("role").asString("");
            JsonNode content = messages.path(i).path("content");
            String last = content.path(content.size() - 1).path("type").asString("");
            if (role.equals("assistant") && (last.equals("thinking") || last.equals("redacted_thinking"))) {
                throw new BadPrompt(
                        "messages." + i + ": The final block in an assistant message cannot be `thinking`.");
            }
        }
        if (role.equals("assistant") && WITHOUT_PREFILL.matcher(model).matches()) {
            throw new BadPrompt(
                    "This model does not support assistant message prefill. The conversation must end with a"
                            + " user message.");
        }
    }

    private static Prompt.Input input(JsonNode body, JsonNode messages) {
        JsonNode content = Prompts.lastOfRole(messages, "user").path("content");
        List<String> results = new ArrayList<>();
        for (JsonNode part : content.values()) {
            if (part.path("type").asString("").equals("tool_result")) {
                results.add(Prompts.text(part.path("content")));
            }
        }
        int tokens =
                Prompts.tokens(messages) + Prompts.text(body.path("system")).length() / 4;
        String text = results.isEmpty() ? Prompts.text(content) : "";
        return new Prompt.Input(text, results, Prompts.count(content, "image"), tokens);
    }

    private static Prompt.Tools tools(JsonNode body) {
        JsonNode choice = body.path("tool_choice");
        String type = choice.path("type").asString("auto");
        String forced = choice.path("name").asString("");
        List<Prompt.Tool> tools = new ArrayList<>();
        for (JsonNode tool : body.path("tools").values()) {
            String name = tool.path("name").asString("");
            if (tool.has("input_schema") && !type.equals("none") && (forced.isEmpty() || forced.equals(name))) {
                tools.add(new Prompt.Tool(name, tool.path("input_schema")));
            }
        }
        return new Prompt.Tools(tools, !choice.path("disable_parallel_tool_use").asBoolean(false));
    }

    private static Prompt.Output output(JsonNode body) {
        return new Prompt.Output(
                body.path("stream").asBoolean(false),
                true,
                Math.max(1, body.path("max_tokens").asInt(Integer.MAX_VALUE)),
                Prompts.strings(body.path("stop_sequences")),
                schema(body),
                thinking(body.path("thinking")),
                1);
    }

    private static @Nullable JsonNode schema(JsonNode body) {
        JsonNode format = body.path("output_config").path("format");
        if (format.isMissingNode()) {
            format = body.path("output_format");
        }
        return format.path("type").asString("").equals("json_schema") ? format.path("schema") : null;
    }

    private static Thinking thinking(JsonNode thinking) {
        return switch (thinking.path("type").asString("disabled")) {
            case "enabled", "adaptive" ->
                thinking.path("display").asString("").equals("omitted") ? Thinking.OMITTED : Thinking.SHOWN;
            default -> Thinking.NONE;
        };
    }
}
