package dev.llmgateway.server.http;

import dev.llmgateway.ir.codec.WireError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error on its way to a client, in no dialect yet.
 *
 * @param headers further headers by lower-case name
 */
record ErrorAnswer(WireError error, Map<String, String> headers) {

    ErrorAnswer {
        headers = Map.copyOf(headers);
    }

    static ErrorAnswer of(WireError error) {
        return new ErrorAnswer(error, Map.of());
    }

    int status() {
        return error.status();
    }

    ErrorAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ErrorAnswer(error, more);
    }

    /** Tells when to try again, in whole seconds, at least one. */
    ErrorAnswer retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return with("retry-after", Long.toString(seconds));
    }

    /** Keeps SDKs from trying again what the gateway has tried already, or what cannot help. */
    ErrorAnswer triesAreSpent() {
        return with("x-should-retry", "false");
    }

    /** The rest of the request will not be read, so the connection cannot be used again. */
    ErrorAnswer endsConnection() {
        return with("connection", "close");
    }
}
