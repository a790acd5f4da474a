package dev.llmgateway.providers.simulated;

import dev.llmgateway.providers.simulated.Answer.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes Chat Completions as Gemini's compatible endpoint does. */
final class GoogleAnswers implements Answers {
    private final OpenAiAnswers common = new OpenAiAnswers();
    private final Seal seal;

    GoogleAnswers(Seal seal) {
        this.seal = seal;
    }

    @Override
    public String vendor() {
        return "google";
    }

    @Override
    public Prompt read(ReceivedRequest request, boolean tokensOnly) {
        Prompt prompt = OpenAiPrompts.read(request);
        GoogleRefusals.check(prompt.body(), seal);
        return prompt;
    }

    @Override
    public Reply.Json whole(Prompt prompt, Answer answer, long number) {
        ObjectNode body = OpenAiAnswers.envelope(prompt, number, "chat.completion");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        if (answer.hasText()) {
            message.put("content", answer.text());
        }
        if (!answer.calls().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            for (int i = 0; i < answer.calls().size(); i++) {
                addCall(calls, answer.calls().get(i), number, i);
            }
        }
        choice.put("finish_reason", OpenAiAnswers.finishReason(answer));
        body.set("usage", usage(answer));
        return new Reply.Json(200, Map.of(), Json.write(body));
    }

    /** Every call comes whole in a frame of its own; the last frame tells all the rest. */
    @Override
    public Reply.Sse stream(Prompt prompt, Answer answer, long number, Pace pace) {
        List<ObjectNode> deltas = new ArrayList<>();
        answer.pieces().forEach(piece -> deltas.add(delta().put("content", piece)));
        for (int i = 0; i < answer.calls().size(); i++) {
            ObjectNode delta = delta();
            addCall(delta.putArray("tool_calls"), answer.calls().get(i), number, i);
            deltas.add(delta);
        }
        List<String> events = new ArrayList<>();
        for (int i = 0; i < deltas.size(); i++) {
            boolean isLast = i == deltas.size() - 1;
            String finishReason = answer.stop() == Answer.Stop.LENGTH ? "length" : "stop";
            ObjectNode chunk = chunk(prompt, number, deltas.get(i), isLast ? finishReason : null);
            if (isLast && prompt.output().includeUsage()) {
                chunk.set("usage", usage(answer));
            }
            events.add(OpenAiAnswers.data(chunk));
        }
        events.add(OpenAiAnswers.DONE);
        return new Reply.Sse(List.copyOf(events), pace, Map.of(), Reply.Ending.COMPLETE);
    }

    private static ObjectNode delta() {
        return Json.object().put("role", "assistant");
    }

    /** The first call of an answer carries the signature for all of them. */
    private void addCall(ArrayNode calls, Call call, long number, int nth) {
        ObjectNode out = calls.addObject();
        if (nth == 0) {
            out.putObject("extra_content").putObject("google").put("thought_signature", seal.of("call " + number));
        }
        OpenAiAnswers.opening(out, call, call.arguments());
        out.put("id", "function-call-sim" + number + "_" + nth);
    }

    private static ObjectNode chunk(Prompt prompt, long number, ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = Json.object();
        ObjectNode only = chunk.putArray("choices").addObject();
        only.set("delta", delta);
        if (finishReason != null) {
            only.put("finish_reason", finishReason);
        }
        only.put("index", 0);
        return chunk.put("created", OpenAiAnswers.CREATED)
                .put("id", "sim" + number)
                .put("model", prompt.model())
                .put("object", "chat.completion.chunk");
    }

    /** What was thought is part of the total alone. */
    private static ObjectNode usage(Answer answer) {
        int shown = answer.outputTokens() - answer.thinkingTokens();
        return Json.object()
                .put("completion_tokens", shown)
                .put("prompt_tokens", answer.promptTokens())
                .put("total_tokens", answer.promptTokens() + answer.outputTokens());
    }

    @Override
    public boolean isToken(String event) {
        return OpenAiAnswers.showsToken(event);
    }

    @Override
    public boolean isTerminator(String event) {
        return common.isTerminator(event);
    }

    @Override
    public Reply.Json error(int status, String message) {
        ArrayNode body = Json.array();
        body.addObject()
                .putObject("error")
                .put("code", status)
                .put("message", message)
                .put("status", word(status));
        return new Reply.Json(status, Map.of(), Json.write(body));
    }

    private static String word(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503 -> "UNAVAILABLE";
            default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
        };
    }

    @Override
    public String errorEvent(int place) {
        return "data: " + error(503, "simulated error inside the stream").body() + "\n\n";
    }

    @Override
    public String invalidEvent() {
        return common.invalidEvent();
    }

    @Override
    public Reply.Json models(List<String> ids) {
        return common.models(ids);
    }

    @Override
    public Reply.Json tokenCount(int tokens) {
        return error(404, "the compatible endpoint has no token count");
    }
}
