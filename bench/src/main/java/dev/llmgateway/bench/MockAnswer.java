package dev.llmgateway.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One answer, rendered once to the bytes of its HTTP message: the head with a whole body, or the head and then one
 * chunk per event. The texts are shaped as the vendors shape theirs, unused members included.
 *
 * @param pieces what is written, each piece with its own write
 * @param paceNanos the time between two pieces; 0 for as fast as they are taken
 */
record MockAnswer(List<ByteBuffer> pieces, long paceNanos) {
    private static final String OPENAI_CHUNK = """
            {"id":"chatcmpl-bench00000000000000001","object":"chat.completion.chunk","created":1764000000,\
            "model":"mock","service_tier":"default","system_fingerprint":"fp_bench","choices":[%s],"usage":%s}""";

    static MockAnswer of(Dialect dialect, Answer answer) {
        return switch (answer) {
            case Answer.Whole whole -> whole(dialect, whole);
            case Answer.Events events -> events(dialect, events);
        };
    }

    /** An answer that is not of a chat call: the model list, or an error. */
    static MockAnswer json(String status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new MockAnswer(
                List.of(direct("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + bytes.length + "\r\n\r\n" + body)),
                0);
    }

    private static MockAnswer whole(Dialect dialect, Answer.Whole whole) {
        String body = switch (dialect) {
            case OPENAI -> """
                        {"id":"chatcmpl-bench00000000000000001","object":"chat.completion","created":1764000000,\
                        "model":"mock","choices":[{"index":0,"message":{"role":"assistant","content":"%s",\
                        "refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":\
                        {"prompt_tokens":200,"completion_tokens":100,"total_tokens":300,"prompt_tokens_details":\
                        {"cached_tokens":0,"audio_tokens":0}},"service_tier":"default"}""".formatted(whole.text());
            case ANTHROPIC -> """
                        {"id":"msg_bench000000000000000001","type":"message","role":"assistant","model":"mock",\
                        "content":[{"type":"text","text":"%s"}],"stop_reason":"end_turn","stop_sequence":null,\
                        "usage":{"input_tokens":200,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,\
                        "output_tokens":100,"service_tier":"standard"}}""".formatted(whole.text());
            case RESPONSES -> MockResponses.whole(whole.text());
        };
        return json("200 OK", body);
    }

    private static MockAnswer events(Dialect dialect, Answer.Events events) {
        List<String> texts = switch (dialect) {
            case OPENAI -> openaiEvents(events);
            case ANTHROPIC -> anthropicEvents(events);
            case RESPONSES -> MockResponses.events(events);
        };
        List<ByteBuffer> pieces = new ArrayList<>();
        // X-Accel-Buffering turns nginx's answer buffering off for streams alone, as a provider behind nginx does.
        pieces.add(direct("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
                + "X-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n"));
        for (String text : texts) {
            pieces.add(direct(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n"));
        }
        pieces.add(direct("0\r\n\r\n"));
        return new MockAnswer(pieces, events.paceMillis() * 1_000_000L);
    }

    private static List<String> openaiEvents(Answer.Events events) {
        List<String> texts = new ArrayList<>();
        texts.add(openaiChunk(choice("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"), "null"));
        for (int number = 1; number <= events.count(); number++) {
            texts.add(openaiChunk(choice("{\"content\":\"" + events.text(number) + "\"}", "null"), "null"));
        }
        texts.add(openaiChunk(choice("{}", "\"stop\""), "null"));
        texts.add(openaiChunk("", "{\"prompt_tokens\":200,\"completion_tokens\":200,\"total_tokens\":400}"));
        texts.add("data: [DONE]\n\n");
        return texts;
    }

    private static String choice(String delta, String finishReason) {
        return "{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}";
    }

    private static String openaiChunk(String choice, String usage) {
        return "data: " + OPENAI_CHUNK.formatted(choice, usage) + "\n\n";
    }

    private static List<String> anthropicEvents(Answer.Events events) {
        List<String> texts = new ArrayList<>();
        texts.add(anthropicEvent("message_start", """
                "message":{"id":"msg_bench000000000000000001","type":"message","role":"assistant","model":"mock",\
                "content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":200,\
                "cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":1}}"""));
        texts.add(anthropicEvent("content_block_start", """
                "index":0,"content_block":{"type":"text","text":""}"""));
        for (int number = 1; number <= events.count(); number++) {
            texts.add(anthropicEvent(
                    "content_block_delta",
                    "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + events.text(number) + "\"}"));
        }
        texts.add(anthropicEvent("content_block_stop", "\"index\":0"));
        texts.add(anthropicEvent("message_delta", """
                "delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":200}"""));
        texts.add("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        return texts;
    }

    private static String anthropicEvent(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    private static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
