package dev.llmgateway.ir.compatibility;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests and answers of {@code test/resources/compatibility}: each is the smallest one of its dialect with some members set. */
final class Samples {

    private static final JsonNode REQUESTS = resource("requests.json");
    private static final JsonNode ANSWERS = resource("answers.json");

    private Samples() {}

    /** A request with the feature, or null where the dialect has no words for it. */
    static byte @Nullable [] request(RequestFeature feature, Dialect dialect) {
        return sample(REQUESTS.path(feature.name()), dialect, smallest(dialect));
    }

    /** An answer with the feature, or null where the dialect has no words for it. */
    static byte @Nullable [] answer(AnswerFeature feature, Dialect dialect) {
        return sample(ANSWERS.path(feature.name()), dialect, smallestAnswer(dialect));
    }

    /** A request that asks for nothing in particular. */
    static byte[] smallestRequest(Dialect dialect) {
        return smallest(dialect).getBytes(StandardCharsets.UTF_8);
    }

    /** The same, streaming. */
    static byte[] streamingRequest(Dialect dialect) {
        ObjectNode request = (ObjectNode) Json.parse(smallest(dialect));
        request.put("stream", true);
        if (dialect == Dialect.OPENAI_CHAT) {
            request.putObject("stream_options").put("include_usage", true);
        }
        return Json.write(request);
    }

    private static byte @Nullable [] sample(JsonNode byDialect, Dialect dialect, String smallest) {
        JsonNode members = byDialect.get(dialect.label().equals("openai") ? "openai-chat" : dialect.label());
        if (members == null) {
            return null;
        }
        ObjectNode whole = (ObjectNode) Json.parse(smallest);
        members.forEachEntry(whole::set);
        return Json.write(whole);
    }

    private static String smallest(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> """
                {"model":"m","messages":[{"role":"user","content":"hi"}]}""";
            case ANTHROPIC_MESSAGES -> """
                {"model":"m","max_tokens":4000,"messages":[{"role":"user","content":"hi"}]}""";
            case OPENAI_RESPONSES -> """
                {"model":"m","store":false,"input":"hi"}""";
            case OPENAI_EMBEDDINGS -> throw new IllegalArgumentException("embeddings are no chat");
        };
    }

    private static String smallestAnswer(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> """
                {"id":"chatcmpl-1","object":"chat.completion","created":1764000000,"model":"m","choices":[{"index":0,\
                "message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}]}""";
            case ANTHROPIC_MESSAGES -> """
                {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"hello"}],\
                "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}""";
            case OPENAI_RESPONSES -> """
                {"id":"resp_1","object":"response","created_at":1764000000,"model":"m","status":"completed","error":null,\
                "incomplete_details":null,"output":[{"type":"message","id":"msg_1","status":"completed",\
                "role":"assistant","content":[{"type":"output_text","text":"hello","annotations":[]}]}],"usage":null}""";
            case OPENAI_EMBEDDINGS -> throw new IllegalArgumentException("embeddings are no chat");
        };
    }

    private static JsonNode resource(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/compatibility/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no test resource compatibility/" + name);
            }
            return Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
