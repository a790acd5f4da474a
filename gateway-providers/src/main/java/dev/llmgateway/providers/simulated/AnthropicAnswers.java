package dev.llmgateway.providers.simulated;

import dev.llmgateway.providers.simulated.Answer.Call;
import dev.llmgateway.providers.simulated.Prompt.Thinking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes Anthropic's Messages: answers, events, errors, the list of models and the token count. */
final class AnthropicAnswers implements Answers {
    private static final String CREATED_AT = "2026-01-01T00:00:00Z";

    private final Seal seal;

    AnthropicAnswers(Seal seal) {
        this.seal = seal;
    }

    @Override
    public String vendor() {
        return "anthropic";
    }

    @Override
    public Prompt read(ReceivedRequest request, boolean tokensOnly) {
        return AnthropicPrompts.read(request, tokensOnly, seal);
    }

    @Override
    public Reply.Json whole(Prompt prompt, Answer answer, long number) {
        ObjectNode message = message(prompt, number);
        ArrayNode content = message.putArray("content");
        if (!answer.thinking().isEmpty()) {
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", shownThinking(prompt, answer))
                    .put("signature", signature(number));
        }
        if (answer.hasText()) {
            content.addObject().put("type", "text").put("text", answer.text());
        }
        for (int i = 0; i < answer.calls().size(); i++) {
            Call call = answer.calls().get(i);
            toolUse(content.addObject(), call, number, i).set("input", Json.MAPPER.readTree(call.arguments()));
        }
        message.put("stop_reason", stopReason(answer)).put("stop_sequence", answer.stopSequence());
        message.set("usage", usage(answer, answer.outputTokens()));
        return new Reply.Json(200, requestId(number), Json.write(message));
    }

    @Override
    public Reply.Sse stream(Prompt prompt, Answer answer, long number, Pace pace) {
        List<String> events = new ArrayList<>();
        ObjectNode message = message(prompt, number);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence").set("usage", usage(answer, 1));
        ObjectNode start = Json.object().put("type", "message_start");
        start.set("message", message);
        events.add(event(start));
        int index = addThinking(events, prompt, answer, signature(number));
        if (answer.hasText()) {
            addText(events, index++, answer.pieces());
        }
        for (int i = 0; i < answer.calls().size(); i++) {
            addCall(events, index + i, answer.calls().get(i), number, i);
        }
        ObjectNode end = Json.object().put("type", "message_delta");
        end.putObject("delta").put("stop_reason", stopReason(answer)).put("stop_sequence", answer.stopSequence());
        end.set("usage", usage(answer, answer.outputTokens()));
        events.add(event(end));
        events.add(event(Json.object().put("type", "message_stop")));
        return new Reply.Sse(List.copyOf(events), pace, requestId(number), Reply.Ending.COMPLETE);
    }

    /** Adds the thinking block if there is one; the index of the next block. */
    private static int addThinking(List<String> events, Prompt prompt, Answer answer, String signature) {
        if (answer.thinking().isEmpty()) {
            return 0;
        }
        addStart(
                events,
                0,
                Json.object().put("type", "thinking").put("thinking", "").put("signature", ""));
        String shown = shownThinking(prompt, answer);
        if (!shown.isEmpty()) {
            addDelta(events, 0, "thinking_delta", "thinking", shown);
        }
        addDelta(events, 0, "signature_delta", "signature", signature);
        addStop(events, 0);
        return 1;
    }

    private String signature(long number) {
        return seal.of("thinking " + number);
    }

    private static void addText(List<String> events, int index, List<String> pieces) {
        addStart(events, index, Json.object().put("type", "text").put("text", ""));
        events.add("event: ping\ndata: {\"type\": \"ping\"}\n\n");
        for (String piece : pieces) {
            addDelta(events, index, "text_delta", "text", piece);
        }
        addStop(events, index);
    }

    private static void addCall(List<String> events, int index, Call call, long number, int nth) {
        ObjectNode block = toolUse(Json.object(), call, number, nth);
        block.putObject("input");
        addStart(events, index, block);
        boolean empty = call.arguments().equals("{}");
        for (String fragment : empty ? List.of("") : call.fragments()) {
            addDelta(events, index, "input_json_delta", "partial_json", fragment);
        }
        addStop(events, index);
    }

    private static void addStart(List<String> events, int index, JsonNode block) {
        ObjectNode start = Json.object().put("type", "content_block_start").put("index", index);
        start.set("content_block", block);
        events.add(event(start));
    }

    private static void addDelta(List<String> events, int index, String type, String field, String value) {
        ObjectNode delta = Json.object().put("type", "content_block_delta").put("index", index);
        delta.putObject("delta").put("type", type).put(field, value);
        events.add(event(delta));
    }

    private static void addStop(List<String> events, int index) {
        events.add(event(Json.object().put("type", "content_block_stop").put("index", index)));
    }

    private static ObjectNode message(Prompt prompt, long number) {
        return Json.object()
                .put("id", "msg_sim" + number)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", prompt.model());
    }

    private static ObjectNode toolUse(ObjectNode block, Call call, long number, int index) {
        return block.put("type", "tool_use")
                .put("id", "toolu_sim" + number + "_" + index)
                .put("name", call.name());
    }

    private static ObjectNode usage(Answer answer, int outputTokens) {
        return Json.object()
                .put("input_tokens", answer.promptTokens())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0)
                .put("output_tokens", outputTokens);
    }

    private static String shownThinking(Prompt prompt, Answer answer) {
        return prompt.output().thinking() == Thinking.SHOWN ? answer.thinking() : "";
    }

    private static String stopReason(Answer answer) {
        return switch (answer.stop()) {
            case END -> "end_turn";
            case SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case TOOLS -> "tool_use";
        };
    }

    private static Map<String, String> requestId(long number) {
        return Map.of("request-id", "req_sim" + number);
    }

    private static String event(ObjectNode data) {
        return "event: " + data.path("type").asString("") + "\ndata: " + Json.write(data) + "\n\n";
    }

    @Override
    public boolean isTerminator(String event) {
        return event.startsWith("event: message_delta") || event.startsWith("event: message_stop");
    }

    @Override
    public boolean isToken(String event) {
        return event.contains("\"type\":\"text_delta\"")
                || event.contains("\"type\":\"input_json_delta\"")
                || event.contains("\"type\":\"tool_use\"");
    }

    @Override
    public Reply.Json error(int status, String message) {
        return new Reply.Json(status, Map.of(), Json.write(errorBody(errorType(status), message)));
    }

    private static ObjectNode errorBody(String type, String message) {
        ObjectNode body = Json.object().put("type", "error");
        body.putObject("error").put("type", type).put("message", message);
        return body.put("request_id", "req_simulated");
    }

    private static String errorType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 503, 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }

    @Override
    public String errorEvent(int place) {
        return event(errorBody("overloaded_error", "simulated error inside the stream"));
    }

    @Override
    public String invalidEvent() {
        return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":\n\n";
    }

    @Override
    public Reply.Json models(List<String> ids) {
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        for (String id : ids) {
            data.addObject()
                    .put("type", "model")
                    .put("id", id)
                    .put("display_name", id)
                    .put("created_at", CREATED_AT);
        }
        body.put("has_more", false);
        body.put("first_id", ids.isEmpty() ? null : ids.getFirst());
        body.put("last_id", ids.isEmpty() ? null : ids.getLast());
        return Reply.json(200, Json.write(body));
    }

    @Override
    public Reply.Json tokenCount(int tokens) {
        return Reply.json(200, Json.write(Json.object().put("input_tokens", tokens)));
    }
}
