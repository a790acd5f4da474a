package dev.llmgateway.providers.simulated;

/** The request is not one that the vendor would accept. The message says why, in the vendor's manner. */
final class BadPrompt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String complaint;

    BadPrompt(String complaint) {
        super(complaint);
        this.complaint = complaint;
    }

    /** The message of the vendor's error body. */
    String complaint() {
        return complaint;
    }
}
