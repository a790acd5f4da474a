package dev.llmgateway.server.http;

import dev.llmgateway.ir.codec.WireError;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The versions of the PPF protocol, and how one is agreed on. */
final class PpfVersion {

    static final String REQUEST_HEADER = "x-ppf-protocol-version";

    /** The answer of {@code GET /pp/version}. */
    static final String OVERVIEW = "{\"supported\":[\"1.0\",\"1.1\"],\"deprecated\":[\"1.0\"],\"latest\":\"1.1\"}";

    private static final String NEGOTIATED = "x-ppf-negotiated-version";
    private static final String DEPRECATED = "x-ppf-deprecated";

    private record Version(int major, int minor, boolean deprecated) {
        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    /** Oldest first. */
    private static final List<Version> SUPPORTED = List.of(new Version(1, 0, true), new Version(1, 1, false));

    private PpfVersion() {}

    /**
     * Answers a client's version with the highest supported one of the same major version that is not above it.
     *
     * @param headers takes the answer's headers
     * @return null, or the error when there is no such version
     */
    static @Nullable ErrorAnswer negotiate(String asked, BiConsumer<String, String> headers) {
        int dot = asked.indexOf('.');
        int major = number(dot < 0 ? asked : asked.substring(0, dot));
        int minor = dot < 0 ? 0 : number(asked.substring(dot + 1));
        Version best = null;
        for (Version version : SUPPORTED) {
            if (version.major == major && version.minor <= minor) {
                best = version;
            }
        }
        if (best == null) {
            return refused();
        }
        headers.accept(NEGOTIATED, best.toString());
        if (best.deprecated) {
            headers.accept(DEPRECATED, "true");
        }
        return null;
    }

    /** The number of up to four digits, or -1. */
    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private static ErrorAnswer refused() {
        String message = REQUEST_HEADER + ": this version is not supported; supported are 1.0 and 1.1";
        return ErrorAnswer.of(
                new WireError(400, WireError.Kind.INVALID_REQUEST, message, "unsupported_ppf_version", REQUEST_HEADER));
    }
}
