package dev.llmgateway.cli.scan;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells text from what is none, as version control does: by the bytes with which it begins. */
public final class TextFile {

    private static final int LOOKED_AT = 8_000;

    private TextFile() {}

    /**
     * Opens bytes as text: UTF-16 when they begin with its byte order mark, otherwise UTF-8, in which every byte that is wrong
     * becomes U+FFFD.
     *
     * @return null when they are no text: when there is a NUL among the first of them
     */
    public static @Nullable Reader reader(InputStream bytes) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes, 1 << 16);
        buffered.mark(LOOKED_AT);
        byte[] first = buffered.readNBytes(LOOKED_AT);
        buffered.reset();
        Charset charset = charset(first);
        boolean isText = !charset.equals(StandardCharsets.UTF_8) || !hasNul(first);
        return isText ? new InputStreamReader(buffered, charset) : null;
    }

    private static Charset charset(byte[] first) {
        if (first.length < 2) {
            return StandardCharsets.UTF_8;
        }
        int mark = (first[0] & 0xFF) << 8 | first[1] & 0xFF;
        return mark == 0xFEFF || mark == 0xFFFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    private static boolean hasNul(byte[] first) {
        for (byte b : first) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
