package dev.llmgateway.bench;

import java.util.ArrayList;
import java.util.List;

/** Answers in the format of OpenAI's Responses, which tells a stream's text again at the end of the part, the item and the answer. */
final class MockResponses {

    private static final String RESPONSE = """
            {"id":"resp_bench0000000000000000001","object":"response","created_at":1764000000,"status":"%s","error":null,\
            "incomplete_details":null,"instructions":null,"max_output_tokens":1024,"model":"mock","output":[%s],\
            "parallel_tool_calls":true,"previous_response_id":null,"reasoning":{"effort":null,"summary":null},\
            "service_tier":"default","store":false,"temperature":1.0,"text":{"format":{"type":"text"}},\
            "tool_choice":"auto","tools":[],"top_p":1.0,"truncation":"disabled","usage":%s,"metadata":{}}""";

    private static final String USAGE = """
            {"input_tokens":200,"input_tokens_details":{"cached_tokens":0},"output_tokens":200,\
            "output_tokens_details":{"reasoning_tokens":0},"total_tokens":400}""";

    private static final String PART = "\"item_id\":\"msg_bench0001\",\"output_index\":0,\"content_index\":0,";

    private final List<String> texts = new ArrayList<>();

    private MockResponses() {}

    static String whole(String text) {
        return RESPONSE.formatted("completed", item("completed", part(text)), USAGE);
    }

    static List<String> events(Answer.Events events) {
        MockResponses stream = new MockResponses();
        stream.add("response.created", "\"response\":" + RESPONSE.formatted("in_progress", "", "null"));
        stream.add("response.in_progress", "\"response\":" + RESPONSE.formatted("in_progress", "", "null"));
        stream.add("response.output_item.added", "\"output_index\":0,\"item\":" + item("in_progress", ""));
        stream.add("response.content_part.added", PART + "\"part\":" + part(""));
        StringBuilder said = new StringBuilder();
        for (int number = 1; number <= events.count(); number++) {
            said.append(events.text(number));
            stream.add(
                    "response.output_text.delta",
                    PART + "\"delta\":\"" + events.text(number) + "\",\"logprobs\":[],\"obfuscation\":\"k3qY9a\"");
        }
        stream.add("response.output_text.done", PART + "\"text\":\"" + said + "\",\"logprobs\":[]");
        stream.add("response.content_part.done", PART + "\"part\":" + part(said.toString()));
        String item = item("completed", part(said.toString()));
        stream.add("response.output_item.done", "\"output_index\":0,\"item\":" + item);
        stream.add("response.completed", "\"response\":" + RESPONSE.formatted("completed", item, USAGE));
        return stream.texts;
    }

    private void add(String type, String members) {
        texts.add("event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + texts.size() + ","
                + members + "}\n\n");
    }

    private static String item(String status, String content) {
        return """
                {"type":"message","id":"msg_bench0001","status":"%s","role":"assistant","content":[%s]}""".formatted(status, content);
    }

    private static String part(String text) {
        return "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"" + text + "\"}";
    }
}
