package dev.llmgateway.ir.text;

import dev.llmgateway.ir.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Files inside a request: which of them are text, and which strings are no text at all. */
final class InlineData {

    private static final int LONGEST_HEADER = 256;
    private static final Set<String> TEXTS =
            Set.of("application/json", "application/xml", "application/yaml", "application/x-ndjson");

    private InlineData() {}

    /** Whether a string is a data URL of Base64 from its first to its last character. */
    static boolean isBase64Url(String text) {
        if (!text.regionMatches(true, 0, "data:", 0, 5)) {
            return false;
        }
        int comma = text.indexOf(',', 5, Math.min(text.length(), LONGEST_HEADER));
        if (comma < 0 || !text.regionMatches(true, comma - 7, ";base64", 0, 7)) {
            return false;
        }
        for (int i = comma + 1; i < text.length(); i++) {
            if (!isBase64(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBase64(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '+'
                || c == '/'
                || c == '='
                || c == '-'
                || c == '_';
    }

    /** A text file with its text mapped; any other file, and what is no Base64, as it is. */
    static MediaSource.Base64 mapText(MediaSource.Base64 file, UnaryOperator<String> mapper) {
        if (!isText(file.mediaType().toLowerCase(Locale.ROOT))) {
            return file;
        }
        String text;
        try {
            text = new String(Base64.getMimeDecoder().decode(file.data()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return file;
        }
        String mapped = mapper.apply(text);
        return mapped.equals(text)
                ? file
                : new MediaSource.Base64(
                        file.mediaType(), Base64.getEncoder().encodeToString(mapped.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isText(String mediaType) {
        int end = mediaType.indexOf(';');
        String type = (end < 0 ? mediaType : mediaType.substring(0, end)).strip();
        return type.startsWith("text/") || type.endsWith("+json") || type.endsWith("+xml") || TEXTS.contains(type);
    }
}
