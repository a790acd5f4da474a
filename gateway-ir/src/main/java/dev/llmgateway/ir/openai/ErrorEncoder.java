package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Writes an error for a client. The request's id is only in a header, as at OpenAI. */
final class ErrorEncoder {

    private ErrorEncoder() {}

    static byte[] encode(WireError error) {
        JsonWriter out = new JsonWriter(256).object().object("error");
        out.text("message", error.message()).text("type", ErrorKinds.type(error.kind()));
        textOrNull("param", error.param(), out);
        textOrNull("code", ErrorKinds.code(error), out);
        out.members(error.extras().shownTo(Dialect.OPENAI_CHAT));
        out.endObject().members(error.extras().shownBesideTo(Dialect.OPENAI_CHAT));
        return out.endObject().toBytes();
    }

    private static void textOrNull(String name, @Nullable String value, JsonWriter out) {
        if (value == null) {
            out.nothing(name);
        } else {
            out.text(name, value);
        }
    }
}
