package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.codec.UsageOfStreams.INCLUDE_USAGE;
import static dev.llmgateway.ir.codec.UsageOfStreams.OPTIONS;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.UsageOfStreams;
import dev.llmgateway.ir.json.JsonDocument;
import dev.llmgateway.ir.json.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code stream_options}: the usage of a stream is always asked for at the provider, whether or not the client wants to
 * see it. The member is only legal when streaming.
 */
final class StreamOptions {

    private StreamOptions() {}

    static void splice(ChatRequest request, ModelTraits traits, JsonDocument.Edit edit) {
        byte[] wanted = wanted(request, traits);
        if (wanted == null) {
            edit.remove(OPTIONS);
        } else if (!UsageOfStreams.isWanted(request)) {
            edit.set(OPTIONS, wanted);
        }
    }

    static void write(ChatRequest request, ModelTraits traits, JsonWriter out) {
        if (request.stream() && traits.acceptsStreamOptions()) {
            out.object(OPTIONS);
            members(request, out);
            out.endObject();
        }
    }

    /** True for the extra that {@link #write} takes care of. */
    static boolean owns(String extra) {
        return extra.equals(OPTIONS);
    }

    private static byte @Nullable [] wanted(ChatRequest request, ModelTraits traits) {
        if (!request.stream() || !traits.acceptsStreamOptions()) {
            return null;
        }
        JsonWriter out = new JsonWriter(64).object();
        members(request, out);
        return out.endObject().toBytes();
    }

    private static void members(ChatRequest request, JsonWriter out) {
        JsonNode options = request.extras().member(OPENAI_CHAT, OPTIONS);
        if (options != null) {
            options.forEachEntry((name, value) -> {
                if (!name.equals(INCLUDE_USAGE)) {
                    out.node(name, value);
                }
            });
        }
        out.bool(INCLUDE_USAGE, true);
    }
}
