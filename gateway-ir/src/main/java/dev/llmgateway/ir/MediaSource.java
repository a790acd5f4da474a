package dev.llmgateway.ir;

/** Where the bytes of an image, a document or a sound are. */
public sealed interface MediaSource {

    /**
     * A URL that the provider fetches.
     *
     * @param url absolute, http or https (or a vendor's own scheme such as {@code gs:})
     */
    record Url(String url) implements MediaSource {}

    /**
     * The bytes themselves.
     *
     * @param mediaType for example {@code image/png}
     * @param data Base64 (RFC 4648 section 4), as received
     */
    record Base64(String mediaType, String data) implements MediaSource {}

    /**
     * A file uploaded to a provider earlier. Only the vendor of {@code dialect} can resolve it.
     */
    record FileId(String id, Dialect dialect) implements MediaSource {}

    /** A document given as plain text. */
    record PlainText(String text) implements MediaSource {}
}
