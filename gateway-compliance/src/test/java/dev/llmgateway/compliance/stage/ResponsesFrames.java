package dev.llmgateway.compliance.stage;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import dev.llmgateway.ir.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Provider's streams of Responses as OpenAI sends them. */
final class ResponsesFrames {

    private ResponsesFrames() {}

    /** A provider's stream: reasoning, a text and the arguments of a call, each in pieces. */
    static byte[] stream(List<String> thought, List<String> text, List<String> arguments) {
        Recording out = new Recording();
        out.frame("response.created", "\"response\":" + response("in_progress", ""));
        out.frame("response.in_progress", "\"response\":" + response("in_progress", ""));
        String reasoning = "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,";
        out.frame("response.output_item.added", "\"output_index\":0,\"item\":" + reasoning(""));
        out.frame("response.reasoning_summary_part.added", reasoning + "\"part\":" + summary(""));
        thought.forEach(it -> out.frame("response.reasoning_summary_text.delta", reasoning + "\"delta\":" + json(it)));
        String whole = String.join("", thought);
        out.frame("response.reasoning_summary_text.done", reasoning + "\"text\":" + json(whole));
        out.frame("response.reasoning_summary_part.done", reasoning + "\"part\":" + summary(whole));
        String first = reasoning(summary(whole));
        out.frame("response.output_item.done", "\"output_index\":0,\"item\":" + first);

        String part = "\"item_id\":\"msg_1\",\"output_index\":1,\"content_index\":0,";
        out.frame("response.output_item.added", "\"output_index\":1,\"item\":" + message("in_progress", ""));
        out.frame("response.content_part.added", part + "\"part\":" + text(""));
        text.forEach(it -> out.frame(
                "response.output_text.delta",
                part + "\"delta\":" + json(it) + ",\"logprobs\":[],\"obfuscation\":\"Zk3qY9\""));
        whole = String.join("", text);
        out.frame("response.output_text.done", part + "\"text\":" + json(whole) + ",\"logprobs\":[]");
        out.frame("response.content_part.done", part + "\"part\":" + text(whole));
        String second = message("completed", text(whole));
        out.frame("response.output_item.done", "\"output_index\":1,\"item\":" + second);

        String call = "\"item_id\":\"fc_1\",\"output_index\":2,";
        out.frame("response.output_item.added", "\"output_index\":2,\"item\":" + call(""));
        arguments.forEach(it -> out.frame("response.function_call_arguments.delta", call + "\"delta\":" + json(it)));
        whole = String.join("", arguments);
        out.frame("response.function_call_arguments.done", call + "\"arguments\":" + json(whole));
        out.frame("response.output_item.done", "\"output_index\":2,\"item\":" + call(whole));
        String all = first + "," + second + "," + call(whole);
        out.frame("response.completed", "\"response\":" + response("completed", all));
        return out.bytes();
    }

    /** Frames, numbered. */
    static final class Recording {
        private final SseBuffer out = new SseBuffer();
        private int next;

        void frame(String type, String members) {
            String data = "{\"type\":\"" + type + "\",\"sequence_number\":" + next++ + "," + members + "}";
            out.event(type, data.getBytes(StandardCharsets.UTF_8));
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    static String json(String text) {
        return Json.mapper().writeValueAsString(text);
    }

    static String response(String status, String items) {
        return "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1764000000,\"status\":\"" + status
                + "\",\"error\":null,\"incomplete_details\":null,\"instructions\":\"Be brief and kind, please.\",\"model\":\"gpt\","
                + "\"output\":[" + items
                + "],\"parallel_tool_calls\":true,\"tools\":[{\"type\":\"function\",\"name\":\"f\","
                + "\"description\":\"Does what it can.\",\"parameters\":{\"type\":\"object\"},\"strict\":false}],"
                + "\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3},\"metadata\":{}}";
    }

    static String reasoning(String summary) {
        return "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[" + summary + "]}";
    }

    static String summary(String text) {
        return "{\"type\":\"summary_text\",\"text\":" + json(text) + "}";
    }

    static String message(String status, String content) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"" + status
                + "\",\"role\":\"assistant\",\"content\":[" + content + "]}";
    }

    static String text(String text) {
        return "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":" + json(text) + "}";
    }

    static String call(String arguments) {
        return "{\"id\":\"fc_1\",\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\"call_1\",\"name\":\"f\","
                + "\"arguments\":" + json(arguments) + "}";
    }

    static List<String> cut(String text, int... places) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int place : places) {
            int to = Math.max(from, Math.min(place, text.length()));
            pieces.add(text.substring(from, to));
            from = to;
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    static List<SseEvent> events(byte[] stream) {
        SseReader reader = new SseReader(new ByteArrayInputStream(stream), 1 << 20);
        List<SseEvent> events = new ArrayList<>();
        try {
            for (SseEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    static byte[] recorded(String name) {
        try (InputStream in = ResponsesFrames.class.getResourceAsStream("/streams/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
