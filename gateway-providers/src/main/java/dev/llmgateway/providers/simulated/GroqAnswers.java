package dev.llmgateway.providers.simulated;

import dev.llmgateway.providers.simulated.Answer.Call;
import dev.llmgateway.providers.simulated.Prompt.Thinking;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes Chat Completions as Groq does. */
final class GroqAnswers implements Answers {
    private static final Pattern BEFORE_WORD = Pattern.compile("(?=\\s)");
    private final OpenAiAnswers common = new OpenAiAnswers();

    @Override
    public String vendor() {
        return "groq";
    }

    /** What is thought is shown. */
    @Override
    public Prompt read(ReceivedRequest request, boolean tokensOnly) {
        Prompt prompt = OpenAiPrompts.read(request);
        Prompt.Output output = prompt.output();
        GroqRefusals.check(prompt);
        return output.thinking() == Thinking.NONE
                ? prompt
                : new Prompt(
                        prompt.model(),
                        prompt.input(),
                        prompt.tools(),
                        new Prompt.Output(
                                output.stream(),
                                output.includeUsage(),
                                output.maxTokens(),
                                output.stops(),
                                output.schema(),
                                Thinking.SHOWN,
                                1),
                        prompt.body());
    }

    @Override
    public Reply.Json whole(Prompt prompt, Answer answer, long number) {
        ObjectNode body = OpenAiAnswers.envelope(prompt, number, "chat.completion");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        if (!answer.thinking().isEmpty()) {
            message.put("reasoning", answer.thinking());
        }
        if (answer.hasText()) {
            message.put("content", answer.text());
        }
        if (!answer.calls().isEmpty()) {
            addCalls(message.putArray("tool_calls"), answer, number, false);
        }
        choice.putNull("logprobs").put("finish_reason", OpenAiAnswers.finishReason(answer));
        body.set("usage", usage(prompt, answer));
        body.set("x_groq", requestId(number));
        return new Reply.Json(200, OpenAiAnswers.requestId(number), Json.write(body));
    }

    @Override
    public Reply.Sse stream(Prompt prompt, Answer answer, long number, Pace pace) {
        List<String> events = new ArrayList<>();
        ObjectNode first =
                chunk(prompt, number, Json.object().put("role", "assistant").put("content", ""), null);
        first.set("x_groq", requestId(number));
        events.add(OpenAiAnswers.data(first));
        for (String piece : answer.thinking().isEmpty() ? new String[0] : BEFORE_WORD.split(answer.thinking())) {
            ObjectNode delta = Json.object().put("reasoning", piece).put("channel", "analysis");
            events.add(OpenAiAnswers.data(chunk(prompt, number, delta, null)));
        }
        for (String piece : answer.pieces()) {
            events.add(OpenAiAnswers.data(chunk(prompt, number, Json.object().put("content", piece), null)));
        }
        if (!answer.calls().isEmpty()) {
            ObjectNode delta = Json.object();
            addCalls(delta.putArray("tool_calls"), answer, number, true);
            events.add(OpenAiAnswers.data(chunk(prompt, number, delta, null)));
        }
        ObjectNode last = chunk(prompt, number, Json.object(), OpenAiAnswers.finishReason(answer));
        ObjectNode groq = requestId(number);
        groq.set("usage", usage(prompt, answer));
        last.set("x_groq", groq);
        events.add(OpenAiAnswers.data(last));
        events.add(OpenAiAnswers.DONE);
        return new Reply.Sse(List.copyOf(events), pace, OpenAiAnswers.requestId(number), Reply.Ending.COMPLETE);
    }

    /** Every call comes whole. */
    private static void addCalls(ArrayNode calls, Answer answer, long number, boolean indexed) {
        for (int i = 0; i < answer.calls().size(); i++) {
            Call call = answer.calls().get(i);
            ObjectNode out = calls.addObject().put("id", "fc_sim" + number + "_" + i);
            OpenAiAnswers.opening(out, call, call.arguments());
            if (indexed) {
                out.put("index", i);
            }
        }
    }

    private static ObjectNode chunk(Prompt prompt, long number, ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = OpenAiAnswers.envelope(prompt, number, "chat.completion.chunk")
                .put("system_fingerprint", "fp_simulated");
        ObjectNode only = chunk.putArray("choices").addObject().put("index", 0);
        only.set("delta", delta);
        only.putNull("logprobs").put("finish_reason", finishReason);
        return chunk;
    }

    private static ObjectNode usage(Prompt prompt, Answer answer) {
        return OpenAiAnswers.usage(prompt, answer)
                .put("queue_time", 0.004)
                .put("prompt_time", 0.01)
                .put("completion_time", 0.3)
                .put("total_time", 0.314);
    }

    private static ObjectNode requestId(long number) {
        return Json.object().put("id", "req_sim" + number);
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
        return common.error(status, message);
    }

    @Override
    public Reply.Json refusal(BadPrompt why) {
        return common.refusal(why);
    }

    @Override
    public String errorEvent(int place) {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", "simulated error inside the stream")
                .put("type", "internal_server_error")
                .put("code", "over_capacity")
                .put("status_code", 503);
        return "event: error\n" + OpenAiAnswers.data(body);
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
        return common.tokenCount(tokens);
    }
}
