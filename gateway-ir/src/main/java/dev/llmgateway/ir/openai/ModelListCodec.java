package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Model lists. Some copies send the array alone; Google puts {@code models/} before its ids. OpenAI says nothing of a model's
 * limits; others do, each under names of its own: Groq ({@code context_window}), vLLM ({@code max_model_len}), DeepInfra
 * ({@code metadata.context_length}), and those that follow OpenRouter ({@code context_length}).
 */
final class ModelListCodec {

    private static final String GOOGLE_PREFIX = "models/";

    private ModelListCodec() {}

    static List<ModelInfo> decode(byte[] body) {
        JsonNode list = parse(body);
        JsonNode data = list.isArray() ? list : list.path("data");
        if (!data.isArray()) {
            throw new MalformedAnswerException("it has no \"data\"");
        }
        List<ModelInfo> models = new ArrayList<>();
        for (JsonNode model : data.values()) {
            String id = model.path("id").stringValue("");
            if (!id.isEmpty() && model.path("active").booleanValue(true)) {
                models.add(info(id, model));
            }
        }
        return models;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.parse(body);
        } catch (InvalidJsonException e) {
            throw new MalformedAnswerException(e);
        }
    }

    private static ModelInfo info(String id, JsonNode model) {
        return new ModelInfo(
                id.startsWith(GOOGLE_PREFIX) ? id.substring(GOOGLE_PREFIX.length()) : id,
                firstText(model, "display_name", "name"),
                ResponseDecoder.created(model),
                firstText(model, "owned_by"),
                firstText(model, "shutdown_date", "deprecation_date", "expiration_date"),
                firstCount(
                        model.path("context_window"),
                        model.path("context_length"),
                        model.path("max_model_len"),
                        model.path("metadata").path("context_length")),
                maxOutput(model));
    }

    private static @Nullable Integer maxOutput(JsonNode model) {
        Long count = firstCount(
                model.path("max_completion_tokens"),
                model.path("max_output_tokens"),
                model.path("top_provider").path("max_completion_tokens"),
                model.path("metadata").path("max_tokens"));
        return count == null || count > Integer.MAX_VALUE ? null : count.intValue();
    }

    /** Nobody depends on these figures, so one that is no number is not there. */
    private static @Nullable Long firstCount(JsonNode... figures) {
        for (JsonNode figure : figures) {
            if (figure.isIntegralNumber() && figure.canConvertToLong() && figure.longValue() > 0) {
                return figure.longValue();
            }
        }
        return null;
    }

    private static @Nullable String firstText(JsonNode model, String... names) {
        for (String name : names) {
            String text = model.path(name).stringValue(null);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    static byte[] encode(List<ModelInfo> models) {
        JsonWriter out = new JsonWriter(4096).object().text("object", "list").array("data");
        models.forEach(model -> write(model, out));
        return out.endArray().endObject().toBytes();
    }

    static byte[] encode(ModelInfo model) {
        JsonWriter out = new JsonWriter(256);
        write(model, out);
        return out.toBytes();
    }

    private static void write(ModelInfo model, JsonWriter out) {
        out.object().text("id", model.id()).text("object", "model");
        out.number("created", model.created());
        out.text("owned_by", model.ownedBy() == null ? "unknown" : model.ownedBy());
        out.optional("display_name", model.displayName());
        out.optional("shutdown_date", model.shutdownDate());
        out.endObject();
    }
}
