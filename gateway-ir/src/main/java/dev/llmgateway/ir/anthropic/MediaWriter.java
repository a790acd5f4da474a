package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.codec.DataUrl;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/** Writes the sources of images and documents as Anthropic takes them, or says why it cannot. */
final class MediaWriter {

    private static final Set<String> IMAGE_TYPES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");
    private static final String PDF = "application/pdf";
    private static final String PART = "messages[].content[]";

    private final ModelTraits traits;

    MediaWriter(ModelTraits traits) {
        this.traits = traits;
    }

    /** Writes {@code type} and {@code source}. */
    void image(JsonWriter out, Content.Image image) {
        out.text("type", "image").object("source");
        imageSource(out, image.source());
        out.endObject();
    }

    private void imageSource(JsonWriter out, MediaSource source) {
        switch (source) {
            case MediaSource.Base64 data -> base64(out, imageType(data), data.data());
            case MediaSource.Url url -> {
                MediaSource.Base64 inline = DataUrl.parse(url.url());
                if (inline != null) {
                    base64(out, imageType(inline), inline.data());
                } else if (traits.acceptsImageUrls()) {
                    out.text("type", "url").text("url", url.url());
                } else {
                    throw new UntranslatableException(
                            PART, "this provider fetches no image URLs: send the image as base64 data");
                }
            }
            case MediaSource.FileId file -> fileId(out, file);
            case MediaSource.PlainText ignored ->
                throw new UntranslatableException(PART, "an image cannot be given as plain text");
        }
    }

    /** The type the bytes themselves show, because Anthropic refuses an image whose declared type is wrong. */
    private static String imageType(MediaSource.Base64 image) {
        String sniffed = MediaTypes.sniff(image.data());
        String type = sniffed == null ? image.mediaType().toLowerCase(Locale.ROOT) : sniffed;
        type = type.equals("image/jpg") ? "image/jpeg" : type;
        if (!IMAGE_TYPES.contains(type)) {
            throw new UntranslatableException(
                    PART, "Anthropic takes images as JPEG, PNG, GIF or WebP, not as \"" + type + "\"");
        }
        return type;
    }

    /** Writes {@code type}, {@code source} and {@code title}. */
    void document(JsonWriter out, Content.Document document) {
        MediaSource source = document.source();
        if (source instanceof MediaSource.Url url) {
            MediaSource.Base64 inline = DataUrl.parse(url.url());
            source = inline == null ? source : inline;
        }
        if (source instanceof MediaSource.Base64 data && isImage(data)) {
            image(out, new Content.Image(data));
            return;
        }
        out.text("type", "document").object("source");
        documentSource(out, source);
        out.endObject().optional("title", document.name());
    }

    private static boolean isImage(MediaSource.Base64 data) {
        String sniffed = MediaTypes.sniff(data.data());
        return (sniffed == null ? data.mediaType() : sniffed).startsWith("image/");
    }

    private static void documentSource(JsonWriter out, MediaSource source) {
        switch (source) {
            case MediaSource.Base64 data -> inlineDocument(out, data);
            case MediaSource.Url url -> out.text("type", "url").text("url", url.url());
            case MediaSource.PlainText text -> plainText(out, text.text());
            case MediaSource.FileId file -> fileId(out, file);
        }
    }

    private static void inlineDocument(JsonWriter out, MediaSource.Base64 data) {
        String type = data.mediaType().toLowerCase(Locale.ROOT);
        if (type.equals(PDF) || PDF.equals(MediaTypes.sniff(data.data()))) {
            base64(out, PDF, data.data());
        } else if (type.startsWith("text/") || type.equals("application/json")) {
            plainText(out, decode(data.data()));
        } else {
            throw new UntranslatableException(PART, "Anthropic takes PDF and text files, not \"" + type + "\"");
        }
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UntranslatableException(PART, "the file's data is not base64");
        }
    }

    private static void base64(JsonWriter out, String mediaType, String data) {
        out.text("type", "base64").text("media_type", mediaType).text("data", data);
    }

    private static void plainText(JsonWriter out, String text) {
        out.text("type", "text").text("media_type", "text/plain").text("data", text);
    }

    private static void fileId(JsonWriter out, MediaSource.FileId file) {
        if (file.dialect() != Dialect.ANTHROPIC_MESSAGES) {
            throw new UntranslatableException(
                    PART, "a file uploaded to another provider cannot be used here: send its content instead");
        }
        out.text("type", "file").text("file_id", file.id());
    }
}
