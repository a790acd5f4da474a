package dev.llmgateway.ir.embeddings;

import static dev.llmgateway.ir.Dialect.OPENAI_EMBEDDINGS;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Vector;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.OtherCounts;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.json.JsonDocument;
import dev.llmgateway.ir.json.JsonText;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.ir.tokens.PromptEstimate;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer for a client: the provider's own bytes when its vectors are in the format that the client asked for, else
 * all of it anew.
 */
final class ResponseEncoder {

    private ResponseEncoder() {}

    static byte[] encode(ChatResponse response, ChatRequest request) {
        EncodingFormat wanted = EncodingFormat.wanted(request);
        WireForm form = response.wire().form();
        if (form == null || !isAsWanted(form, wanted) || response.usage() == null) {
            return write(response, request, wanted);
        }
        return named(form.bytes(), response, request);
    }

    private static boolean isAsWanted(WireForm form, EncodingFormat wanted) {
        return form.dialect() == OPENAI_EMBEDDINGS && form.isWholeBody() && EncodingFormat.of(form.bytes()) == wanted;
    }

    private static byte[] named(byte[] body, ChatResponse response, ChatRequest request) {
        String model = ShownModel.replacement(request, response.origin());
        return model == null
                ? body
                : JsonDocument.read(body, (name, value) -> value.skipChildren())
                        .edit()
                        .set(Members.MODEL, JsonText.wellFormed(model))
                        .toBytes();
    }

    private static byte[] write(ChatResponse response, ChatRequest request, EncodingFormat format) {
        JsonWriter out =
                new JsonWriter(16 * 1024).object().text(Members.OBJECT, "list").array(Members.DATA);
        int index = 0;
        for (Content part : response.first().content()) {
            if (part instanceof Content.Embedding embedding) {
                out.object().text(Members.OBJECT, Members.EMBEDDING).number(Members.INDEX, index++);
                vector(embedding.vector(), format, out);
                embedding.extras().of(OPENAI_EMBEDDINGS).forEach(out::node);
                out.endObject();
            }
        }
        String shown = ShownModel.replacement(request, response.origin());
        out.endArray().text(Members.MODEL, shown == null ? response.model() : shown);
        Extras extras = response.first().extras();
        usage(response.usage(), extras, request, out);
        extras.of(OPENAI_EMBEDDINGS).forEach((name, value) -> {
            if (!OtherCounts.isOne(name)) {
                out.node(name, value);
            }
        });
        return out.endObject().toBytes();
    }

    private static void vector(Vector vector, EncodingFormat format, JsonWriter out) {
        switch (format) {
            case FLOAT -> {
                out.array(Members.EMBEDDING);
                for (int i = 0; i < vector.dimensions(); i++) {
                    out.number(vector.at(i));
                }
                out.endArray();
            }
            case BASE64 -> {
                ByteBuffer bytes =
                        ByteBuffer.allocate(vector.dimensions() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < vector.dimensions(); i++) {
                    bytes.putFloat(vector.at(i));
                }
                out.base64(Members.EMBEDDING, bytes.array());
            }
        }
    }

    /** Clients of OpenAI rely on the counts, which not every provider tells; then they are estimated. */
    private static void usage(@Nullable Usage told, Extras extras, ChatRequest request, JsonWriter out) {
        long tokens = told == null ? PromptEstimate.of(request).tokens() : told.totalInput();
        out.object(Members.USAGE).number("prompt_tokens", tokens).number("total_tokens", tokens);
        ResponseDecoder.OTHER_COUNTS.write(extras, out);
        out.endObject();
    }
}
