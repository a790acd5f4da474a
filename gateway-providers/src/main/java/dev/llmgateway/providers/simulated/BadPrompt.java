package dev.llmgateway.providers.simulated;

import org.jspecify.annotations.Nullable;

/** The request is not one that the vendor would accept. The message says why, in the vendor's manner. */
final class BadPrompt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String complaint;
    private final @Nullable String code;
    private final @Nullable String param;

    /** A request that is refused with status 400. */
    BadPrompt(String complaint) {
        this(400, complaint, null, null);
    }

    /**
     * A request that is refused in more words than one.
     *
     * @param code the vendor's word for it, or null; Anthropic has none
     * @param param what of the request is meant, or null
     */
    BadPrompt(int status, String complaint, @Nullable String code, @Nullable String param) {
        super(complaint);
        this.status = status;
        this.complaint = complaint;
        this.code = code;
        this.param = param;
    }

    int status() {
        return status;
    }

    /** The message of the vendor's error body. */
    String complaint() {
        return complaint;
    }

    @Nullable
    String code() {
        return code;
    }

    @Nullable
    String param() {
        return param;
    }
}
