package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.MediaSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Data URLs (RFC 2397) that hold Base64. */
public final class DataUrl {

    private DataUrl() {}

    /** What the URL holds, or null when it is not a Base64 data URL. */
    public static MediaSource.@Nullable Base64 parse(String url) {
        int comma = url.indexOf(',');
        if (comma < 0 || !url.regionMatches(true, 0, "data:", 0, 5)) {
            return null;
        }
        String header = url.substring(5, comma);
        if (!header.toLowerCase(Locale.ROOT).endsWith(";base64")) {
            return null;
        }
        int parameters = header.indexOf(';');
        return new MediaSource.Base64(header.substring(0, parameters), url.substring(comma + 1));
    }
}
