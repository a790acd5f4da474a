package dev.llmgateway.ir.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Tells a file's type from its first bytes. */
final class MediaTypes {

    /** Enough for every signature below. */
    private static final int BASE64_CHARS = 24;

    private MediaTypes() {}

    /** The media type of Base64 data, or null when it is none of JPEG, PNG, GIF, WebP and PDF. */
    static @Nullable String sniff(String base64) {
        if (base64.length() < BASE64_CHARS) {
            return null;
        }
        byte[] head;
        try {
            head = Base64.getDecoder().decode(base64.substring(0, BASE64_CHARS));
        } catch (IllegalArgumentException e) {
            return null;
        }
        String start = new String(head, StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        }
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return "image/gif";
        }
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return "image/webp";
        }
        return start.startsWith("%PDF-") ? "application/pdf" : null;
    }
}
