package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.ir.json.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The bodies of {@code GET /v1/models} and of {@code GET /v1/models/{id}}. */
final class ModelList {

    private ModelList() {}

    static List<ModelInfo> decode(byte[] body) {
        Fields list = Fields.of(ResponseDecoder.parse(body), null, Reading.ANSWER);
        ArrayNode data = list.optionalArray("data");
        if (data == null) {
            throw list.error("data", "is missing: this is no model list");
        }
        List<ModelInfo> models = new ArrayList<>(data.size());
        for (int i = 0; i < data.size(); i++) {
            Fields model = Fields.of(data.get(i), list.at("data").element(i), Reading.ANSWER);
            models.add(new ModelInfo(
                    model.string("id"),
                    model.optionalString("display_name"),
                    created(model.optionalString("created_at")),
                    null,
                    null,
                    figure(model, "max_input_tokens", Long.MAX_VALUE),
                    maxOutput(model)));
        }
        return models;
    }

    private static @Nullable Integer maxOutput(Fields model) {
        Long count = figure(model, "max_tokens", Integer.MAX_VALUE);
        return count == null ? null : count.intValue();
    }

    /** Nobody depends on these figures, so one that is no number is not there. */
    private static @Nullable Long figure(Fields model, String name, long most) {
        JsonNode figure = model.object().path(name);
        boolean isCount = figure.isIntegralNumber()
                && figure.canConvertToLong()
                && figure.longValue() > 0
                && figure.longValue() <= most;
        return isCount ? (Long) figure.longValue() : null;
    }

    private static long created(@Nullable String rfc3339) {
        try {
            return rfc3339 == null
                    ? 0
                    : Math.max(0, OffsetDateTime.parse(rfc3339).toEpochSecond());
        } catch (DateTimeException e) {
            return 0;
        }
    }

    /**
     * Always the whole list, so there is no further page. Of a model it has what clients of both versions of the format ask for:
     * those of 2026-10-21 take {@code lifecycle} for granted.
     */
    static byte[] encode(List<ModelInfo> models) {
        JsonWriter out = new JsonWriter(64 + 128 * models.size());
        out.object().array("data");
        models.forEach(model -> write(model, out));
        out.endArray()
                .bool("has_more", false)
                .textOrNull(
                        "first_id", models.isEmpty() ? null : models.getFirst().id())
                .textOrNull(
                        "last_id", models.isEmpty() ? null : models.getLast().id());
        return out.endObject().toBytes();
    }

    static byte[] encode(ModelInfo model) {
        JsonWriter out = new JsonWriter(256);
        write(model, out);
        return out.toBytes();
    }

    private static void write(ModelInfo model, JsonWriter out) {
        out.object()
                .text("type", "model")
                .text("id", model.id())
                .text("display_name", model.displayName() == null ? model.id() : model.displayName())
                .text("created_at", Instant.ofEpochSecond(model.created()).toString())
                .text("lifecycle", model.shutdownDate() == null ? "active" : "deprecated")
                .optional("retires_at", startOf(model.shutdownDate()))
                .endObject();
    }

    /** The format has moments, and vendors announce days. */
    private static @Nullable String startOf(@Nullable String day) {
        try {
            return day == null
                    ? null
                    : LocalDate.parse(day)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .toString();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
