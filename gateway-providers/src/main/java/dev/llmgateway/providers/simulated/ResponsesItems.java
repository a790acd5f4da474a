package dev.llmgateway.providers.simulated;

import dev.llmgateway.providers.simulated.Answer.Call;
import dev.llmgateway.providers.simulated.Answer.Stop;
import dev.llmgateway.providers.simulated.Prompt.Thinking;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The output items of one answer, whole and as the events of a stream. */
final class ResponsesItems {
    private final Prompt prompt;
    private final Answer answer;
    private final long number;
    private final Seal seal;

    ResponsesItems(Prompt prompt, Answer answer, long number, Seal seal) {
        this.prompt = prompt;
        this.answer = answer;
        this.number = number;
        this.seal = seal;
    }

    /** The items as they are at the end. */
    List<ObjectNode> finished() {
        List<ObjectNode> items = new ArrayList<>();
        if (hasReasoning()) {
            items.add(reasoning());
        }
        if (answer.hasText()) {
            items.add(message());
        }
        for (int i = 0; i < answer.calls().size(); i++) {
            items.add(call(i, answer.calls().get(i).arguments(), "completed"));
        }
        return items;
    }

    /** Plays the items as a stream does. */
    void play(ResponsesEvents events) {
        int index = 0;
        if (hasReasoning()) {
            playReasoning(events, index++);
        }
        if (answer.hasText()) {
            playMessage(events, index++);
        }
        for (int i = 0; i < answer.calls().size(); i++) {
            playCall(events, index + i, i);
        }
    }

    private boolean hasReasoning() {
        return !answer.thinking().isEmpty();
    }

    private String reasoningId() {
        return "rs_sim" + number;
    }

    private ObjectNode reasoning() {
        ObjectNode item = Json.object().put("id", reasoningId()).put("type", "reasoning");
        if (isShown()) {
            item.putArray("summary").add(summary(answer.thinking()));
        } else {
            item.putArray("summary");
        }
        if (ResponsesPrompts.wantsSealedReasoning(prompt.body())) {
            item.put("encrypted_content", seal.of("reasoning " + number + ": " + answer.thinking()));
        }
        return item;
    }

    private boolean isShown() {
        return prompt.output().thinking() == Thinking.SHOWN;
    }

    private static ObjectNode summary(String text) {
        return Json.object().put("type", "summary_text").put("text", text);
    }

    private void playReasoning(ResponsesEvents events, int index) {
        ObjectNode begun = Json.object().put("id", reasoningId()).put("type", "reasoning");
        begun.putArray("summary");
        events.ofItem("response.output_item.added", index, begun);
        if (isShown()) {
            String of = "response.reasoning_summary_";
            String id = reasoningId();
            events.inside(of + "part.added", index, id, "summary_index", "part", summary(""));
            for (String piece : answer.thinking().split("(?<=\\s)", -1)) {
                events.inside(of + "text.delta", index, id, "summary_index", "delta", string(piece));
            }
            events.inside(of + "text.done", index, id, "summary_index", "text", string(answer.thinking()));
            events.inside(of + "part.done", index, id, "summary_index", "part", summary(answer.thinking()));
        }
        events.ofItem("response.output_item.done", index, reasoning());
    }

    private String messageId() {
        return "msg_sim" + number;
    }

    private ObjectNode message() {
        String status = answer.stop() == Stop.LENGTH ? "incomplete" : "completed";
        ObjectNode item = messageOf(status);
        item.putArray("content").add(text(answer.text()));
        return item;
    }

    private ObjectNode messageOf(String status) {
        return Json.object()
                .put("id", messageId())
                .put("type", "message")
                .put("status", status)
                .put("role", "assistant");
    }

    private static ObjectNode text(String text) {
        ObjectNode part = Json.object().put("type", "output_text");
        part.putArray("annotations");
        part.putArray("logprobs");
        return part.put("text", text);
    }

    private void playMessage(ResponsesEvents events, int index) {
        ObjectNode begun = messageOf("in_progress");
        begun.putArray("content");
        String id = messageId();
        events.ofItem("response.output_item.added", index, begun);
        events.inside("response.content_part.added", index, id, "content_index", "part", text(""));
        for (String piece : answer.pieces()) {
            events.inside("response.output_text.delta", index, id, "content_index", "delta", string(piece));
        }
        events.inside("response.output_text.done", index, id, "content_index", "text", string(answer.text()));
        events.inside("response.content_part.done", index, id, "content_index", "part", text(answer.text()));
        events.ofItem("response.output_item.done", index, message());
    }

    private ObjectNode call(int nth, String arguments, String status) {
        Call call = answer.calls().get(nth);
        boolean isCustom = call.tool().takesFreeText();
        ObjectNode item = Json.object()
                .put("id", callItemId(nth))
                .put("type", isCustom ? "custom_tool_call" : "function_call")
                .put("status", status)
                .put(isCustom ? "input" : "arguments", arguments)
                .put("call_id", OpenAiAnswers.callId(number, nth))
                .put("name", call.name());
        if (call.tool().namespace() != null) {
            item.put("namespace", call.tool().namespace());
        }
        return item;
    }

    private String callItemId(int nth) {
        boolean isCustom = answer.calls().get(nth).tool().takesFreeText();
        return (isCustom ? "ctc_sim" : "fc_sim") + number + "_" + nth;
    }

    private void playCall(ResponsesEvents events, int index, int nth) {
        Call call = answer.calls().get(nth);
        boolean isCustom = call.tool().takesFreeText();
        String of = isCustom ? "response.custom_tool_call_input." : "response.function_call_arguments.";
        String id = callItemId(nth);
        events.ofItem("response.output_item.added", index, call(nth, "", "in_progress"));
        for (String fragment : call.fragments()) {
            events.inside(of + "delta", index, id, "", "delta", string(fragment));
        }
        events.inside(of + "done", index, id, "", isCustom ? "input" : "arguments", string(call.arguments()));
        events.ofItem("response.output_item.done", index, call(nth, call.arguments(), "completed"));
    }

    private static JsonNode string(String text) {
        return Json.MAPPER.getNodeFactory().stringNode(text);
    }
}
