package dev.llmgateway.ir.sse;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event.
 *
 * @param name the {@code event:} field, or null when there was none
 * @param data the {@code data:} lines joined with line feeds, UTF-8; shared, do not modify
 */
public record SseEvent(@Nullable String name, byte[] data) {

    /** An event of text. */
    public static SseEvent of(@Nullable String name, String data) {
        return new SseEvent(name, data.getBytes(StandardCharsets.UTF_8));
    }

    /** The data as text. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }
}
