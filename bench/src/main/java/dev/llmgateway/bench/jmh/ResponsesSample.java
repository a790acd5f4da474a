package dev.llmgateway.bench.jmh;

/** A stream in the format of OpenAI's Responses, which tells its text again at the end of every part, item and answer. */
final class ResponsesSample {

    static final String ID = "resp_bench00000000000000000000001";

    private static final String PART = "\"item_id\":\"msg_bench0001\",\"output_index\":0,\"content_index\":0";
    private static final String WORD = " gateway";

    private ResponsesSample() {}

    static String stream() {
        StringBuilder events = new StringBuilder();
        int number = 0;
        number = add(events, number, "response.created", response("in_progress", "", "null"));
        number = add(events, number, "response.in_progress", response("in_progress", "", "null"));
        number = add(
                events, number, "response.output_item.added", "\"output_index\":0,\"item\":" + item("in_progress", ""));
        number = add(events, number, "response.content_part.added", PART + ",\"part\":" + part(""));
        for (int i = 0; i < Samples.DELTAS; i++) {
            number = add(
                    events,
                    number,
                    "response.output_text.delta",
                    PART + ",\"delta\":\"" + WORD + "\",\"logprobs\":[],\"obfuscation\":\"Zk3qY9\"");
        }
        String text = WORD.repeat(Samples.DELTAS);
        number = add(events, number, "response.output_text.done", PART + ",\"text\":\"" + text + "\",\"logprobs\":[]");
        number = add(events, number, "response.content_part.done", PART + ",\"part\":" + part(text));
        String whole = item("completed", part(text));
        number = add(events, number, "response.output_item.done", "\"output_index\":0,\"item\":" + whole);
        add(events, number, "response.completed", response("completed", whole, """
                {"input_tokens":200,"input_tokens_details":{"cached_tokens":0},"output_tokens":200,\
                "output_tokens_details":{"reasoning_tokens":0},"total_tokens":400}"""));
        return events.toString();
    }

    private static int add(StringBuilder events, int number, String type, String members) {
        events.append("event: ").append(type).append("\ndata: {\"type\":\"").append(type);
        events.append("\",\"sequence_number\":")
                .append(number)
                .append(',')
                .append(members)
                .append("}\n\n");
        return number + 1;
    }

    private static String response(String status, String items, String usage) {
        return """
                "response":{"id":"%s","object":"response","created_at":1764000000,"status":"%s","error":null,\
                "incomplete_details":null,"instructions":null,"max_output_tokens":null,"model":"mock","output":[%s],\
                "parallel_tool_calls":true,"previous_response_id":null,"store":false,"temperature":1.0,"text":{"format":\
                {"type":"text"}},"tool_choice":"auto","tools":[],"top_p":1.0,"truncation":"disabled","usage":%s,\
                "metadata":{}}""".formatted(ID, status, items, usage);
    }

    private static String item(String status, String content) {
        return """
                {"type":"message","id":"msg_bench0001","status":"%s","role":"assistant","content":[%s]}""".formatted(status, content);
    }

    private static String part(String text) {
        return "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"" + text + "\"}";
    }
}
