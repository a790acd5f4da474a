package dev.llmgateway.providers.simulated;

import dev.llmgateway.providers.simulated.Answer.Stop;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes OpenAI's Responses: answers, events, errors and the token count. */
final class ResponsesAnswers implements Answers {
    /** Echoed from the request as they came, with what OpenAI takes for those that were left out. */
    private static final JsonNode ECHOED = Json.MAPPER.readTree("""
            {"background":false,"instructions":null,"max_output_tokens":null,"max_tool_calls":null,"metadata":{},\
            "parallel_tool_calls":true,"previous_response_id":null,"prompt_cache_key":null,\
            "reasoning":{"effort":null,"summary":null},"safety_identifier":null,"store":true,"temperature":1.0,\
            "text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_logprobs":0,"top_p":1.0,\
            "truncation":"disabled","user":null}""");

    private static final int LONG_PROMPT = 1024;

    private final Seal seal;

    ResponsesAnswers(Seal seal) {
        this.seal = seal;
    }

    @Override
    public String vendor() {
        return "openai";
    }

    @Override
    public Prompt read(ReceivedRequest request, boolean tokensOnly) {
        return ResponsesPrompts.read(request, seal);
    }

    @Override
    public Reply.Json whole(Prompt prompt, Answer answer, long number) {
        List<ObjectNode> items = new ResponsesItems(prompt, answer, number, seal).finished();
        return new Reply.Json(200, OpenAiAnswers.requestId(number), Json.write(ended(prompt, answer, number, items)));
    }

    @Override
    public Reply.Sse stream(Prompt prompt, Answer answer, long number, Pace pace) {
        ResponsesItems items = new ResponsesItems(prompt, answer, number, seal);
        ResponsesEvents events = new ResponsesEvents();
        events.ofResponse("response.created", begun(prompt, number));
        events.ofResponse("response.in_progress", begun(prompt, number));
        items.play(events);
        ObjectNode end = ended(prompt, answer, number, items.finished());
        events.ofResponse("response." + end.path("status").asString(""), end);
        return new Reply.Sse(events.all(), pace, OpenAiAnswers.requestId(number), Reply.Ending.COMPLETE);
    }

    private static ObjectNode begun(Prompt prompt, long number) {
        ObjectNode response = response(prompt, number, "in_progress");
        response.putNull("incomplete_details").putArray("output");
        return response.put("service_tier", "auto").putNull("usage");
    }

    private static ObjectNode ended(Prompt prompt, Answer answer, long number, List<ObjectNode> items) {
        boolean isCut = answer.stop() == Stop.LENGTH;
        ObjectNode response = response(prompt, number, isCut ? "incomplete" : "completed");
        if (isCut) {
            response.putObject("incomplete_details").put("reason", "max_output_tokens");
        } else {
            response.putNull("incomplete_details").put("completed_at", OpenAiAnswers.CREATED);
        }
        ArrayNode output = response.putArray("output");
        items.forEach(output::add);
        response.put("service_tier", "default").set("usage", usage(answer));
        return response;
    }

    private static ObjectNode response(Prompt prompt, long number, String status) {
        ObjectNode response = Json.object()
                .put("id", "resp_sim" + number)
                .put("object", "response")
                .put("created_at", OpenAiAnswers.CREATED)
                .put("status", status)
                .put("model", prompt.model())
                .putNull("error");
        ECHOED.forEachEntry((name, usual) ->
                response.set(name, prompt.body().has(name) ? prompt.body().path(name) : usual));
        return response;
    }

    /** Half of a long prompt is told to have been cached. */
    private static ObjectNode usage(Answer answer) {
        int input = answer.promptTokens();
        int cached = cachedPart(input);
        ObjectNode usage = Json.object().put("input_tokens", input);
        usage.putObject("input_tokens_details").put("cached_tokens", cached);
        usage.put("output_tokens", answer.outputTokens())
                .putObject("output_tokens_details")
                .put("reasoning_tokens", answer.thinkingTokens());
        return usage.put("total_tokens", input + answer.outputTokens());
    }

    private static int cachedPart(int input) {
        return input >= LONG_PROMPT ? input / 2 : 0;
    }

    @Override
    public int cachedTokens(Answer answer) {
        return cachedPart(answer.promptTokens());
    }

    @Override
    public boolean isToken(String event) {
        return event.startsWith("event: response.output_text.delta")
                || event.startsWith("event: response.function_call_arguments.delta")
                || event.startsWith("event: response.custom_tool_call_input.delta");
    }

    @Override
    public boolean isTerminator(String event) {
        return event.startsWith("event: response.completed") || event.startsWith("event: response.incomplete");
    }

    @Override
    public Reply.Json error(int status, String message) {
        return OpenAiAnswers.errorBody(status, message, OpenAiAnswers.errorCode(status), null);
    }

    @Override
    public Reply.Json refusal(BadPrompt why) {
        return OpenAiAnswers.refusalBody(why);
    }

    @Override
    public String errorEvent(int place) {
        ObjectNode response = Json.object()
                .put("id", "resp_simulated")
                .put("object", "response")
                .put("created_at", OpenAiAnswers.CREATED)
                .put("status", "failed");
        response.putObject("error").put("code", "server_error").put("message", "simulated error inside the stream");
        response.putNull("incomplete_details").putArray("output");
        response.putNull("usage");
        ObjectNode event = Json.object().put("type", "response.failed").put("sequence_number", place);
        event.set("response", response);
        return ResponsesEvents.text(event);
    }

    @Override
    public String invalidEvent() {
        return "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\n\n";
    }

    @Override
    public Reply.Json models(List<String> ids) {
        return OpenAiAnswers.modelList(ids);
    }

    @Override
    public Reply.Json tokenCount(int tokens) {
        return Reply.json(
                200,
                Json.write(Json.object().put("object", "response.input_tokens").put("input_tokens", tokens)));
    }
}
