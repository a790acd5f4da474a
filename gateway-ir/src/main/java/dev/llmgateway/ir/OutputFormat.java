package dev.llmgateway.ir;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The form of the answer's text. */
public sealed interface OutputFormat {

    /** Free text: the default. */
    record FreeText() implements OutputFormat {}

    /** Any JSON object ({@code response_format: {type: json_object}}). */
    record JsonObject() implements OutputFormat {}

    /**
     * JSON that satisfies a schema.
     *
     * @param name OpenAI's name of the schema; null when the dialect has none
     * @param strict null when not given
     */
    record JsonSchema(
            @Nullable String name,
            @Nullable String description,
            JsonNode schema,
            @Nullable Boolean strict) implements OutputFormat {}

    /** Free text. */
    OutputFormat TEXT = new FreeText();
}
