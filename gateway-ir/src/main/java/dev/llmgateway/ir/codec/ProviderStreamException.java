package dev.llmgateway.ir.codec;

/** A provider reported an error inside an answer, streamed or whole, that began as a success. */
public final class ProviderStreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient WireError error;

    public ProviderStreamException(WireError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** What the provider said. */
    public WireError error() {
        return error;
    }
}
