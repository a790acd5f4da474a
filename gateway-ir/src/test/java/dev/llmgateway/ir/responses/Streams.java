package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.Responses.json;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Streams as OpenAI sends them of what the recorded ones do not have. */
final class Streams {

    private final SseBuffer out = new SseBuffer();
    private int next;

    /** A frame, numbered on; single quotes stand for double ones. */
    Streams frame(String type, String members) {
        return frame(json("{'type':'" + type + "'" + (members.isEmpty() ? "" : "," + members) + "}"));
    }

    Streams frame(JsonNode frame) {
        ObjectNode numbered = ((ObjectNode) frame.deepCopy()).put("sequence_number", next++);
        out.event(frame.path("type").asString(), Json.write(numbered));
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private static Streams begun() {
        String response = "'response':{'id':'resp_1','model':'m','created_at':7,'status':'in_progress','output':[]}";
        return new Streams().frame("response.created", response).frame("response.in_progress", response);
    }

    private void complete(String... items) {
        frame(
                "response.completed",
                "'response':{'id':'resp_1','model':'m','created_at':7,'status':'completed','output':["
                        + String.join(",", items) + "]}");
    }

    /** Reasoning with these parts of a summary, and a message. */
    static byte[] withSummaries(String... texts) {
        Streams out = begun();
        String item = "{'id':'rs_1','type':'reasoning','summary':[%s]}";
        out.frame("response.output_item.added", "'output_index':0,'item':" + item.formatted(""));
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            String place = "'item_id':'rs_1','output_index':0,'summary_index':" + i + ",";
            String text = Json.writeString(Json.mapper().getNodeFactory().stringNode(texts[i]));
            String part = "{'type':'summary_text','text':" + text + "}";
            int half = texts[i].length() / 2;
            out.frame("response.reasoning_summary_part.added", place + "'part':{'type':'summary_text','text':''}");
            for (String piece : List.of(texts[i].substring(0, half), texts[i].substring(half))) {
                String delta = Json.writeString(Json.mapper().getNodeFactory().stringNode(piece));
                out.frame("response.reasoning_summary_text.delta", place + "'delta':" + delta);
            }
            out.frame("response.reasoning_summary_text.done", place + "'text':" + text);
            out.frame("response.reasoning_summary_part.done", place + "'part':" + part);
            parts.add(part);
        }
        String reasoning = item.formatted(String.join(",", parts));
        out.frame("response.output_item.done", "'output_index':0,'item':" + reasoning);
        out.complete(reasoning, out.message(1));
        return out.bytes();
    }

    /** A search of the vendor's, and a message. */
    static byte[] withSearch() {
        Streams out = begun();
        String item = "{'id':'ws_1','type':'web_search_call','status':'%s'}";
        String place = "'item_id':'ws_1','output_index':0";
        out.frame("response.output_item.added", "'output_index':0,'item':" + item.formatted("in_progress"));
        for (String progress : List.of("in_progress", "searching", "completed")) {
            out.frame("response.web_search_call." + progress, place);
        }
        String search = item.formatted("completed");
        out.frame("response.output_item.done", "'output_index':0,'item':" + search);
        out.complete(search, out.message(1));
        return out.bytes();
    }

    private String message(int index) {
        String item = "{'id':'msg_1','type':'message','status':'%s','role':'assistant','content':[%s]}";
        String part = "{'type':'output_text','text':'%s','annotations':[],'logprobs':[]}";
        String place = "'item_id':'msg_1','output_index':" + index + ",'content_index':0,";
        frame("response.output_item.added", "'output_index':" + index + ",'item':" + item.formatted("in_progress", ""));
        frame("response.content_part.added", place + "'part':" + part.formatted(""));
        frame("response.output_text.delta", place + "'delta':'Hi.','logprobs':[]");
        frame("response.output_text.done", place + "'text':'Hi.','logprobs':[]");
        frame("response.content_part.done", place + "'part':" + part.formatted("Hi."));
        String whole = item.formatted("completed", part.formatted("Hi."));
        frame("response.output_item.done", "'output_index':" + index + ",'item':" + whole);
        return whole;
    }
}
