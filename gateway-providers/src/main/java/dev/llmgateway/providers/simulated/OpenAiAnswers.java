package dev.llmgateway.providers.simulated;

import dev.llmgateway.providers.simulated.Answer.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes OpenAI's Chat Completions: answers, chunks, errors and the list of models. */
final class OpenAiAnswers implements Answers {
    /** Every answer claims this time (2026-01-01), so that equal requests get equal answers. */
    static final long CREATED = 1_767_225_600L;

    static final String DONE = "data: [DONE]\n\n";

    @Override
    public String vendor() {
        return "openai";
    }

    @Override
    public Prompt read(ReceivedRequest request, boolean tokensOnly) {
        Prompt prompt = OpenAiPrompts.read(request);
        ChatRefusals.check(prompt);
        return prompt;
    }

    @Override
    public Reply.Json whole(Prompt prompt, Answer answer, long number) {
        ObjectNode body = envelope(prompt, number, "chat.completion");
        ArrayNode choices = body.putArray("choices");
        for (int i = 0; i < prompt.output().choices(); i++) {
            ObjectNode choice = choices.addObject().put("index", i);
            message(choice.putObject("message"), answer, number);
            choice.putNull("logprobs").put("finish_reason", finishReason(answer));
        }
        body.set("usage", usage(prompt, answer));
        body.put("service_tier", "default").put("system_fingerprint", "fp_simulated");
        return new Reply.Json(200, requestId(number), Json.write(body));
    }

    private static void message(ObjectNode message, Answer answer, long number) {
        message.put("role", "assistant");
        message.put("content", answer.hasText() ? answer.text() : null);
        if (!answer.calls().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            for (int i = 0; i < answer.calls().size(); i++) {
                Call call = answer.calls().get(i);
                opening(calls.addObject().put("id", callId(number, i)), call, call.arguments());
            }
        }
        message.putNull("refusal").putArray("annotations");
    }

    @Override
    public Reply.Sse stream(Prompt prompt, Answer answer, long number, Pace pace) {
        List<String> events = new ArrayList<>();
        for (int choice = 0; choice < prompt.output().choices(); choice++) {
            ObjectNode first = Json.object().put("role", "assistant");
            first.put("content", answer.hasText() ? "" : null);
            events.add(chunk(prompt, number, choice, first.putNull("refusal"), null));
            for (String piece : answer.pieces()) {
                events.add(chunk(prompt, number, choice, Json.object().put("content", piece), null));
            }
            for (int i = 0; i < answer.calls().size(); i++) {
                addCall(events, prompt, number, choice, i, answer.calls().get(i));
            }
            events.add(chunk(prompt, number, choice, Json.object(), finishReason(answer)));
        }
        if (prompt.output().includeUsage()) {
            ObjectNode last = chunkEnvelope(prompt, number);
            last.putArray("choices");
            last.set("usage", usage(prompt, answer));
            events.add(data(last));
        }
        events.add(DONE);
        return new Reply.Sse(List.copyOf(events), pace, requestId(number), Reply.Ending.COMPLETE);
    }

    private static void addCall(List<String> events, Prompt prompt, long number, int choice, int index, Call call) {
        ObjectNode first = Json.object();
        ObjectNode opening = first.putArray("tool_calls").addObject().put("index", index);
        opening(opening.put("id", callId(number, index)), call, "");
        events.add(chunk(prompt, number, choice, first, null));
        for (String fragment : call.fragments()) {
            ObjectNode delta = Json.object();
            ObjectNode next = delta.putArray("tool_calls").addObject().put("index", index);
            boolean isCustom = call.tool().takesFreeText();
            next.putObject(isCustom ? "custom" : "function").put(isCustom ? "input" : "arguments", fragment);
            events.add(chunk(prompt, number, choice, delta, null));
        }
    }

    /** What a call begins with, with the part of its arguments that comes at once. */
    static void opening(ObjectNode out, Call call, String arguments) {
        boolean isCustom = call.tool().takesFreeText();
        String kind = isCustom ? "custom" : "function";
        out.put("type", kind);
        out.putObject(kind).put("name", call.name()).put(isCustom ? "input" : "arguments", arguments);
    }

    private static String chunk(
            Prompt prompt, long number, int choice, ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = chunkEnvelope(prompt, number);
        ObjectNode only = chunk.putArray("choices").addObject().put("index", choice);
        only.set("delta", delta);
        only.putNull("logprobs").put("finish_reason", finishReason);
        if (prompt.output().includeUsage()) {
            chunk.putNull("usage");
        }
        return data(chunk);
    }

    private static ObjectNode chunkEnvelope(Prompt prompt, long number) {
        return envelope(prompt, number, "chat.completion.chunk")
                .put("service_tier", "default")
                .put("system_fingerprint", "fp_simulated");
    }

    static ObjectNode envelope(Prompt prompt, long number, String object) {
        return Json.object()
                .put("id", "chatcmpl-sim" + number)
                .put("object", object)
                .put("created", CREATED)
                .put("model", prompt.model());
    }

    static ObjectNode usage(Prompt prompt, Answer answer) {
        int completion = answer.outputTokens() * prompt.output().choices();
        ObjectNode usage = Json.object()
                .put("prompt_tokens", answer.promptTokens())
                .put("completion_tokens", completion)
                .put("total_tokens", answer.promptTokens() + completion);
        usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
        usage.putObject("completion_tokens_details")
                .put(
                        "reasoning_tokens",
                        answer.thinkingTokens() * prompt.output().choices())
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        return usage;
    }

    static String finishReason(Answer answer) {
        return switch (answer.stop()) {
            case END, SEQUENCE -> "stop";
            case LENGTH -> "length";
            case TOOLS -> "tool_calls";
        };
    }

    static String callId(long number, int index) {
        return "call_sim" + number + "_" + index;
    }

    static Map<String, String> requestId(long number) {
        return Map.of("x-request-id", "req_sim" + number);
    }

    static String data(ObjectNode chunk) {
        return "data: " + Json.write(chunk) + "\n\n";
    }

    @Override
    public boolean isTerminator(String event) {
        return event.equals(DONE) || event.contains("\"finish_reason\":\"") || event.contains("\"choices\":[]");
    }

    @Override
    public boolean isToken(String event) {
        return showsToken(event);
    }

    static boolean showsToken(String event) {
        boolean hasText = event.contains("\"content\":\"") && !event.contains("\"content\":\"\"");
        return hasText || event.contains("\"tool_calls\":[");
    }

    @Override
    public Reply.Json error(int status, String message) {
        return errorBody(status, message, errorCode(status), null);
    }

    @Override
    public Reply.Json refusal(BadPrompt why) {
        return refusalBody(why);
    }

    static Reply.Json refusalBody(BadPrompt why) {
        return errorBody(why.status(), why.complaint(), why.code(), why.param());
    }

    static Reply.Json errorBody(int status, String message, @Nullable String code, @Nullable String param) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("message", message);
        error.put("type", errorType(status)).put("param", param).put("code", code);
        return new Reply.Json(status, Map.of(), Json.write(body));
    }

    private static String errorType(int status) {
        return status == 429 ? "requests" : status >= 500 ? "server_error" : "invalid_request_error";
    }

    static @Nullable String errorCode(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            default -> null;
        };
    }

    @Override
    public String errorEvent(int place) {
        return "data: " + error(500, "simulated error inside the stream").body() + "\n\n";
    }

    @Override
    public String invalidEvent() {
        return "data: {\"id\":\"chatcmpl-broken\",\"choices\":[{\"delta\":\n\n";
    }

    @Override
    public Reply.Json models(List<String> ids) {
        return modelList(ids);
    }

    static Reply.Json modelList(List<String> ids) {
        ObjectNode body = Json.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        for (String id : ids) {
            data.addObject()
                    .put("id", id)
                    .put("object", "model")
                    .put("created", CREATED)
                    .put("owned_by", "simulated");
        }
        return Reply.json(200, Json.write(body));
    }

    @Override
    public Reply.Json tokenCount(int tokens) {
        return error(404, "OpenAI's Chat Completions have no token count");
    }
}
