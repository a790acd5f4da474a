package dev.llmgateway.server.faults;

import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** What a client understood of one answer. Filled by the thread that reads it. */
final class Seen {
    final int status;
    final StringBuilder text = new StringBuilder();
    /** The text of an error body, or of the stream's error event. */
    @Nullable
    String error;
    /** The dialect's sign of a complete answer was there. */
    boolean finished;

    long outputTokens;
    private final HttpHeaders headers;

    Seen(int status, HttpHeaders headers) {
        this.status = status;
        this.headers = headers;
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** In words that do not depend on the dialect. */
    String inWords() {
        if (error == null) {
            return status + (finished ? ", the whole answer" : ", a part of the answer as if it were all");
        }
        String sentence = "\"" + error.split(": ", 2)[0] + "\"";
        if (status == 200) {
            return "200, a part of the answer, then the error " + sentence;
        }
        return status + " " + sentence + said("retry-after") + said("x-should-retry");
    }

    private String said(String header) {
        return header(header).isEmpty() ? "" : ", " + header + ": " + header(header);
    }
}
