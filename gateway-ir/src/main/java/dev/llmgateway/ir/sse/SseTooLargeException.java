package dev.llmgateway.ir.sse;

/** One event is larger than the reader allows. */
public final class SseTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SseTooLargeException(int maxBytes) {
        super("one server-sent event is larger than " + maxBytes + " bytes", null, false, false);
    }
}
