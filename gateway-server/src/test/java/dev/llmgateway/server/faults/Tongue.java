package dev.llmgateway.server.faults;

import dev.llmgateway.ir.json.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** A dialect as clients speak it, read and written independently of the gateway's own codecs. */
enum Tongue {
    OPENAI("/v1/chat/completions", "openai", "/v1"),
    ANTHROPIC("/v1/messages", "anthropic", ""),
    RESPONSES("/v1/responses", "openai", "/v1");

    private final String path;
    private final String providerType;
    private final String endpointPath;

    Tongue(String path, String providerType, String endpointPath) {
        this.path = path;
        this.providerType = providerType;
        this.endpointPath = endpointPath;
    }

    /** The gateway's type of provider for this dialect. */
    String providerType() {
        return providerType;
    }

    /** Which API of its vendor's a provider is asked by. */
    String api() {
        return switch (this) {
            case OPENAI -> "chat";
            case ANTHROPIC -> "auto";
            case RESPONSES -> "responses";
        };
    }

    /** Where calls of this dialect go. */
    String path() {
        return path;
    }

    /** What a provider's configured address ends with. */
    String endpointPath() {
        return endpointPath;
    }

    Tongue other() {
        return this == ANTHROPIC ? OPENAI : ANTHROPIC;
    }

    /** A request; the prompt must need no escapes. */
    String body(String model, boolean stream, String prompt) {
        return body(model, stream, prompt, "");
    }

    /** A request with more members, which are the same in the dialects that are asked, each with a comma in front. */
    String body(String model, boolean stream, String prompt, String members) {
        if (this == RESPONSES) {
            return """
                    {"model":"%s","stream":%s,"max_output_tokens":1000%s,"input":"%s"}""".formatted(model, stream, members, prompt);
        }
        String usage = this == OPENAI && stream ? ",\"stream_options\":{\"include_usage\":true}" : "";
        return """
                {"model":"%s","stream":%s,"max_tokens":1000%s%s,"messages":[{"role":"user","content":"%s"}]}""".formatted(model, stream, usage, members, prompt);
    }

    /** What a client of this dialect understands of an answer. */
    Seen read(HttpResponse<String> answer) {
        Seen seen = new Seen(answer.statusCode(), answer.headers());
        boolean events = answer.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
        if (events) {
            answer.body()
                    .lines()
                    .filter(line -> line.startsWith("data:"))
                    .forEach(line -> event(line.substring(5).strip(), seen));
        } else if (answer.statusCode() == 200) {
            whole(json(answer.body()), seen);
        } else {
            seen.error = error(json(answer.body()));
        }
        return seen;
    }

    private static JsonNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private void whole(JsonNode body, Seen seen) {
        seen.finished = true;
        switch (this) {
            case OPENAI -> {
                seen.text.append(body.path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asString(""));
                seen.outputTokens = body.path("usage").path("completion_tokens").asLong(0);
            }
            case ANTHROPIC -> {
                seen.text.append(body.path("content").path(0).path("text").asString(""));
                seen.outputTokens = body.path("usage").path("output_tokens").asLong(0);
            }
            case RESPONSES -> {
                seen.text.append(body.at("/output/0/content/0/text").asString(""));
                seen.outputTokens = body.path("usage").path("output_tokens").asLong(0);
            }
        }
    }

    private void event(String data, Seen seen) {
        if (data.equals("[DONE]")) {
            return;
        }
        JsonNode event = json(data);
        if (!event.path("error").isMissingNode()) {
            seen.error = error(event);
            return;
        }
        switch (this) {
            case RESPONSES -> responseEvent(event, seen);
            case OPENAI -> chunk(event, seen);
            case ANTHROPIC -> messageEvent(event, seen);
        }
    }

    private static void chunk(JsonNode chunk, Seen seen) {
        JsonNode choice = chunk.path("choices").path(0);
        seen.text.append(choice.path("delta").path("content").asString(""));
        seen.finished |= choice.path("finish_reason").isString();
        seen.outputTokens = chunk.path("usage").path("completion_tokens").asLong(seen.outputTokens);
    }

    private static void messageEvent(JsonNode event, Seen seen) {
        seen.text.append(event.path("delta").path("text").asString(""));
        seen.finished |= event.path("type").asString("").equals("message_stop");
        if (event.path("type").asString("").equals("message_delta")) {
            seen.outputTokens = event.path("usage").path("output_tokens").asLong(seen.outputTokens);
        }
    }

    private static void responseEvent(JsonNode event, Seen seen) {
        JsonNode response = event.path("response");
        switch (event.path("type").asString("")) {
            case "response.output_text.delta" ->
                seen.text.append(event.path("delta").asString(""));
            case "response.completed" -> {
                seen.finished = true;
                seen.outputTokens = response.path("usage").path("output_tokens").asLong(0);
            }
            case "response.failed" -> {
                boolean hasShape = response.path("status").asString("").equals("failed")
                        && response.at("/error/code").isString();
                seen.error = hasShape
                        ? response.at("/error/message").asString("")
                        : "not an error of this dialect: " + event;
            }
            default -> {}
        }
    }

    /** The message of an error that has this dialect's shape; anything else is told as such. */
    private String error(JsonNode body) {
        boolean hasShape = switch (this) {
            case OPENAI, RESPONSES ->
                body.path("type").isMissingNode() && body.path("error").has("code");
            case ANTHROPIC -> body.path("type").asString("").equals("error");
        };
        boolean hasType = body.path("error").path("type").isString();
        return hasShape && hasType
                ? body.path("error").path("message").asString("")
                : "not an error of this dialect: " + body;
    }
}
