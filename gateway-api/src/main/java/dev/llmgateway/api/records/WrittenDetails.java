package dev.llmgateway.api.records;

import org.jspecify.annotations.Nullable;

/** Details that have been written before. */
public record WrittenDetails(String trace, @Nullable Bodies bodies) implements CallDetails {

    @Override
    public long bytes() {
        Bodies said = bodies;
        return bytes(trace) + (said == null ? 0 : bytes(said.request()) + bytes(said.answer()));
    }

    /** A text of ASCII takes one byte per character, others take two. */
    private static long bytes(@Nullable String text) {
        return text == null ? 0 : 2L * text.length();
    }
}
