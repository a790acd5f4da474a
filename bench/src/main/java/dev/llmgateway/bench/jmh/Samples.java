package dev.llmgateway.bench.jmh;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.embeddings.OpenAiEmbeddingsCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;

/** Requests, answers and streams of both dialects, shaped as the vendors shape theirs, and what is needed to read them. */
final class Samples {
    /** Text deltas in {@link #stream}. */
    static final int DELTAS = 200;

    /** What every stream and answer names as its model. */
    static final String MODEL = "mock";

    private static final String SENTENCE = "Say in one line what a \\\"gateway\\\" does, and why anyone wants one.\\n";
    private static final int MESSAGE_CHARS = 2_000;

    private Samples() {}

    static DialectCodec codec(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> new OpenAiChatCodec();
            case ANTHROPIC_MESSAGES -> new AnthropicMessagesCodec();
            case OPENAI_RESPONSES -> new OpenAiResponsesCodec();
            case OPENAI_EMBEDDINGS -> new OpenAiEmbeddingsCodec();
        };
    }

    static Target target(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS -> new Target("openai", MODEL, ModelTraits.openAi());
            case ANTHROPIC_MESSAGES -> new Target("anthropic", MODEL, ModelTraits.anthropic());
        };
    }

    /** A conversation of about {@code size} bytes, in messages of 2 KB. */
    static byte[] request(Dialect dialect, String model, int size) {
        int turns = size / MESSAGE_CHARS | 1;
        StringBuilder messages = new StringBuilder();
        for (int turn = 0; turn < turns; turn++) {
            messages.append(turn == 0 ? "" : ",")
                    .append(turn % 2 == 0 ? "{\"role\":\"user\"" : "{\"role\":\"assistant\"")
                    .append(",\"content\":\"")
                    .append(SENTENCE.repeat(Math.max(1, (size - 150) / turns / SENTENCE.length())))
                    .append("\"}");
        }
        String text = switch (dialect) {
            case OPENAI_CHAT -> """
                {"model":"%s","max_completion_tokens":1024,"temperature":0.2,"messages":[\
                {"role":"developer","content":"You are terse."},%s]}""";
            case ANTHROPIC_MESSAGES -> """
                {"model":"%s","max_tokens":1024,"temperature":0.2,"system":"You are terse.","messages":[%s]}""";
            case OPENAI_RESPONSES -> """
                {"model":"%s","max_output_tokens":1024,"temperature":0.2,"store":false,\
                "instructions":"You are terse.","input":[%s]}""";
            case OPENAI_EMBEDDINGS -> throw noChat();
        };
        return bytes(text.formatted(model, messages));
    }

    /** A complete answer of about 1 KB. */
    static byte[] answer(Dialect dialect) {
        String text = SENTENCE.repeat(10);
        return bytes(
                switch (dialect) {
                    case OPENAI_CHAT -> """
                        {"id":"chatcmpl-bench00000000000000001","object":"chat.completion","created":1764000000,\
                        "model":"mock","choices":[{"index":0,"message":{"role":"assistant","content":"%s",\
                        "refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":\
                        {"prompt_tokens":200,"completion_tokens":100,"total_tokens":300,"prompt_tokens_details":\
                        {"cached_tokens":0,"audio_tokens":0}},"service_tier":"default"}""".formatted(text);
                    case ANTHROPIC_MESSAGES -> """
                        {"id":"msg_bench000000000000000001","type":"message","role":"assistant","model":"mock",\
                        "content":[{"type":"text","text":"%s"}],"stop_reason":"end_turn","stop_sequence":null,\
                        "usage":{"input_tokens":200,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,\
                        "output_tokens":100,"service_tier":"standard"}}""".formatted(text);
                    case OPENAI_RESPONSES -> """
                        {"id":"%s","object":"response","created_at":1764000000,"model":"mock","status":"completed","output":[{"type":"message","id":"msg_bench0001","status":"completed",\
                        "role":"assistant","content":[{"type":"output_text","annotations":[],"logprobs":[],"text":"%s"}]}],\
                        "usage":{"input_tokens":200,"input_tokens_details":{"cached_tokens":0},"output_tokens":100,\
                        "output_tokens_details":{"reasoning_tokens":0},"total_tokens":300}}""".formatted(ResponsesSample.ID, text);
                    case OPENAI_EMBEDDINGS -> throw noChat();
                });
    }

    /** A stream of {@link #DELTAS} words, with the events that open and close it. */
    static byte[] stream(Dialect dialect) {
        return bytes(
                switch (dialect) {
                    case OPENAI_CHAT ->
                        chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null", "null")
                                + chunk("{\"content\":\" gateway\"}", "null", "null")
                                        .repeat(DELTAS)
                                + chunk(
                                        "{}",
                                        "\"stop\"",
                                        "{\"prompt_tokens\":200,\"completion_tokens\":200,\"total_tokens\":400}")
                                + "data: [DONE]\n\n";
                    case ANTHROPIC_MESSAGES ->
                        event("message_start", """
                                "message":{"id":"msg_bench000000000000000001","type":"message","role":"assistant",\
                                "model":"mock","content":[],"stop_reason":null,"stop_sequence":null,"usage":\
                                {"input_tokens":200,"output_tokens":1}}""")
                                + event("content_block_start", """
                                "index":0,"content_block":{"type":"text","text":""}""")
                                + event("content_block_delta", """
                                "index":0,"delta":{"type":"text_delta","text":" gateway"}""").repeat(DELTAS)
                                + event("content_block_stop", "\"index\":0")
                                + event("message_delta", """
                                "delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":200}""")
                                + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
                    case OPENAI_RESPONSES -> ResponsesSample.stream();
                    case OPENAI_EMBEDDINGS -> throw noChat();
                });
    }

    private static String chunk(String delta, String finishReason, String usage) {
        return """
                data: {"id":"chatcmpl-bench00000000000000001","object":"chat.completion.chunk","created":1764000000,\
                "model":"mock","service_tier":"default","system_fingerprint":"fp_bench","choices":[{"index":0,\
                "delta":%s,"logprobs":null,"finish_reason":%s}],"usage":%s}

                """.formatted(delta, finishReason, usage);
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    private static IllegalArgumentException noChat() {
        return new IllegalArgumentException("these are samples of chats, and embeddings are none");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
