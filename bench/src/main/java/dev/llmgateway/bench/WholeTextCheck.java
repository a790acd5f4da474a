package dev.llmgateway.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Expects the exact generated text somewhere in the body, in whichever dialect it comes back. */
final class WholeTextCheck implements AnswerCheck {
    private static final int MAX_BODY = 4 << 20;

    private final byte[] expected;
    private byte[] body;
    private int length;

    WholeTextCheck(String expected) {
        this.expected = expected.getBytes(StandardCharsets.US_ASCII);
        this.body = new byte[this.expected.length + 4096];
    }

    @Override
    public void accept(byte[] buffer, int offset, int count) {
        if (length + count > MAX_BODY) {
            return;
        }
        if (length + count > body.length) {
            body = Arrays.copyOf(body, Math.max(length + count, body.length * 2));
        }
        System.arraycopy(buffer, offset, body, length, count);
        length += count;
    }

    @Override
    public @Nullable String finish() {
        int end = length;
        length = 0;
        if (Bytes.indexOf(body, 0, end, expected) >= 0) {
            return null;
        }
        return "the answer of " + end + " bytes lacks the expected text: "
                + new String(body, 0, Math.min(end, 200), StandardCharsets.UTF_8);
    }
}
