package dev.llmgateway.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which span of which trace a call belongs to, as W3C Trace Context writes it (Recommendation of 2021-11-23). It is handed on to
 * providers, so that a trace does not end at the gateway. Immutable; says nothing about the call itself.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 lower-case hexadecimal digits, not all zero
 * @param flags 8 bits, of which the lowest says that the caller records the trace
 * @param state the header {@code tracestate} as vendors fill it; null for none
 */
public record TraceContext(
        String traceId, String spanId, int flags, @Nullable String state) {

    /** The name of the header that {@link #header} is the value of. */
    public static final String HEADER = "traceparent";

    /** The name of the header that {@link #state} is the value of. */
    public static final String STATE_HEADER = "tracestate";

    private static final Pattern PARENT =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final Pattern MEMBER =
            Pattern.compile("[a-z0-9][a-z0-9_\\-*/]{0,255}(@[a-z][a-z0-9_\\-*/]{0,13})?=[ -+\\--<>-~]{0,256}");
    private static final String FIRST_VERSION = "00";
    private static final int MOST_STATE = 512;
    private static final int MOST_MEMBERS = 32;

    /**
     * Reads the two headers.
     *
     * @param parent the header {@code traceparent}; null when there was none
     * @param state the header {@code tracestate}, of several their values joined by commas; null when there was none. When it is
     *     malformed, longer than 512 characters or of more than 32 members, it alone is left out
     * @return null when there is no context, or none that can be understood
     */
    public static @Nullable TraceContext parse(@Nullable String parent, @Nullable String state) {
        if (parent == null) {
            return null;
        }
        var read = PARENT.matcher(parent.strip());
        if (!read.matches() || (read.group(1).equals(FIRST_VERSION) && read.group(5) != null)) {
            return null;
        }
        return new TraceContext(
                read.group(2),
                read.group(3),
                Integer.parseInt(read.group(4), 16),
                state == null || !isValid(state) ? null : state);
    }

    private static boolean isValid(String state) {
        if (state.isBlank() || state.length() > MOST_STATE) {
            return false;
        }
        String[] members = state.split(",", MOST_MEMBERS + 1);
        if (members.length > MOST_MEMBERS) {
            return false;
        }
        for (String member : members) {
            String stripped = member.strip();
            if (!stripped.isEmpty() && !MEMBER.matcher(stripped).matches()) {
                return false;
            }
        }
        return true;
    }

    /** The value of the header {@code traceparent}, in the first version of the format. */
    public String header() {
        return FIRST_VERSION + "-" + traceId + "-" + spanId + "-" + (flags < 16 ? "0" : "")
                + Integer.toHexString(flags);
    }
}
