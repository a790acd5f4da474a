package dev.llmgateway.providers.simulated;

import dev.llmgateway.providers.simulated.Prompt.Thinking;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads requests of OpenAI's Chat Completions. */
final class OpenAiPrompts {
    private static final int MAX_CHOICES = 8;
    private static final String DEPLOYMENTS = "/deployments/";

    private OpenAiPrompts() {}

    static Prompt read(ReceivedRequest request) {
        JsonNode body = Prompts.object(request);
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new BadPrompt("Missing required parameter: 'messages'.");
        }
        return new Prompt(model(request, body), input(messages), tools(body), output(body), body);
    }

    private static String model(ReceivedRequest request, JsonNode body) {
        String model = body.path("model").asString("");
        int deployment = request.path().indexOf(DEPLOYMENTS);
        if (!model.isEmpty() || deployment < 0) {
            return Prompts.required(model, "you must provide a model parameter");
        }
        String rest = request.path().substring(deployment + DEPLOYMENTS.length());
        return rest.substring(0, rest.indexOf('/'));
    }

    private static Prompt.Input input(JsonNode messages) {
        List<String> results = new ArrayList<>();
        int last = messages.size() - 1;
        while (last >= 0 && messages.get(last).path("role").asString("").equals("tool")) {
            results.addFirst(Prompts.text(messages.get(last).path("content")));
            last--;
        }
        int tokens = Prompts.tokens(messages);
        if (!results.isEmpty()) {
            return new Prompt.Input("", results, 0, tokens);
        }
        return userTurn(messages, tokens);
    }

    /** The user messages that follow each other at the end: instructions may have been moved into one of their own. */
    private static Prompt.Input userTurn(JsonNode messages, int tokens) {
        List<String> texts = new ArrayList<>();
        int images = 0;
        boolean begun = false;
        for (int i = messages.size() - 1; i >= 0; i--) {
            boolean user = messages.get(i).path("role").asString("").equals("user");
            if (begun && !user) {
                break;
            }
            begun = user;
            if (user) {
                JsonNode content = messages.get(i).path("content");
                texts.addFirst(Prompts.text(content));
                images += Prompts.count(content, "image_url");
            }
        }
        return new Prompt.Input(String.join("\n", texts), List.of(), images, tokens);
    }

    private static Prompt.Tools tools(JsonNode body) {
        JsonNode choice = body.path("tool_choice");
        String forced = choice.path("function")
                .path("name")
                .asString(choice.path("custom").path("name").asString(""));
        List<Prompt.Tool> tools = new ArrayList<>();
        for (JsonNode tool : body.path("tools").values()) {
            boolean isCustom = tool.path("type").asString("").equals("custom");
            JsonNode declared = tool.path(isCustom ? "custom" : "function");
            String name = declared.path("name").asString("");
            if (!choice.asString("").equals("none") && (forced.isEmpty() || forced.equals(name))) {
                tools.add(new Prompt.Tool(name, declared.path("parameters"), isCustom, null));
            }
        }
        return new Prompt.Tools(tools, body.path("parallel_tool_calls").asBoolean(true));
    }

    private static Prompt.Output output(JsonNode body) {
        JsonNode stop = body.path("stop");
        boolean reasons = !body.path("reasoning_effort").asString("none").equals("none");
        return new Prompt.Output(
                body.path("stream").asBoolean(false),
                body.path("stream_options").path("include_usage").asBoolean(false),
                Math.max(
                        1,
                        body.path("max_completion_tokens")
                                .asInt(body.path("max_tokens").asInt(Integer.MAX_VALUE))),
                stop.isString() ? List.of(stop.asString("")) : Prompts.strings(stop),
                schema(body.path("response_format")),
                reasons ? Thinking.OMITTED : Thinking.NONE,
                Math.clamp(body.path("n").asInt(1), 1, MAX_CHOICES));
    }

    private static @Nullable JsonNode schema(JsonNode format) {
        return switch (format.path("type").asString("")) {
            case "json_schema" -> format.path("json_schema").path("schema");
            case "json_object" -> Json.object();
            default -> null;
        };
    }
}
