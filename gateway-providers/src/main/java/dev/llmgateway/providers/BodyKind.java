package dev.llmgateway.providers;

import java.io.IOException;
import java.util.Locale;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a success is. Only {@code text/event-stream} is believed; other content types are wrong too often
 * (JSON as {@code application/octet-stream}, streams as {@code text/plain}), so the first character tells.
 */
enum BodyKind {
    EVENTS,
    JSON,
    HTML,
    EMPTY;

    private static final int MOST_WHITE_SPACE = 1024;

    /** Waits for the first character unless the content type tells. */
    static BodyKind of(Response response) throws IOException {
        String type = response.header("content-type");
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
            return EVENTS;
        }
        Byte first = firstCharacter(response.body().source());
        if (first == null) {
            return EMPTY;
        }
        return switch (first) {
            case '{', '[' -> JSON;
            case '<' -> HTML;
            default -> EVENTS;
        };
    }

    private static @Nullable Byte firstCharacter(BufferedSource source) throws IOException {
        for (int i = 0; i < MOST_WHITE_SPACE && source.request(i + 1); i++) {
            byte character = source.getBuffer().getByte(i);
            if (!Character.isWhitespace(character)) {
                return character;
            }
        }
        return null;
    }
}
