package dev.llmgateway.api.routing;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a model may be able to do. */
public enum Capability {
    /** Calls tools. */
    TOOL_USE,
    /** Sends its answer piece by piece. */
    STREAMING,
    /** Thinks before it answers. */
    EXTENDED_THINKING,
    /** Reads images. */
    VISION,
    /** Holds its answer to a JSON schema. */
    JSON_MODE,
    /** Cites the documents it was given. */
    CITATIONS,
    /** Turns texts into vectors. A model that does this does not chat. */
    EMBEDDINGS,
    /** Takes requests in batches. */
    BATCH;

    /** The capability as files and answers spell it: {@code tool_use}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The capability of this word, in whatever case; empty when there is none. */
    public static Optional<Capability> of(String word) {
        return Stream.of(values())
                .filter(capability -> capability.word().equalsIgnoreCase(word.strip()))
                .findFirst();
    }
}
