package dev.llmgateway.ir;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Something the model may call. */
public sealed interface Tool {

    /** The name that calls carry; for a vendor's tool the vendor's type when it has no name. */
    String name();

    /**
     * A function with JSON arguments.
     *
     * @param description null when not given
     * @param parameters JSON Schema of the arguments; null means no arguments
     * @param strict whether the vendor must enforce the schema; null when not given
     */
    record Function(
            String name,
            @Nullable String description,
            @Nullable JsonNode parameters,
            @Nullable Boolean strict,
            Extras extras)
            implements Tool {
        public Function(String name, @Nullable String description, @Nullable JsonNode parameters) {
            this(name, description, parameters, null, Extras.NONE);
        }
    }

    /**
     * A tool whose input is free text (OpenAI's {@code custom}).
     *
     * @param format the vendor's grammar description, or null for any text
     */
    record Custom(
            String name,
            @Nullable String description,
            @Nullable JsonNode format,
            Extras extras) implements Tool {}

    /** A tool that the vendor of {@code dialect} runs itself or defines (web search, computer use). */
    record Vendor(Dialect dialect, String name, JsonNode json) implements Tool {}
}
