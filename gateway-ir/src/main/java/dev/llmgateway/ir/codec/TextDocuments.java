package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Documents of plain text, for models that read files as PDF only: their text goes into the prompt, inside a tag. */
public final class TextDocuments {

    private TextDocuments() {}

    /**
     * The document as text, without its extras; null when it is no plain text.
     *
     * @param caller the dialect it came in: a text file in Base64 stays a file for callers whose vendor takes it as one
     * @throws UntranslatableException when it is not the Base64 that it should be
     */
    public static Content.@Nullable Text asText(Content.Document document, @Nullable Dialect caller) {
        return switch (document.source()) {
            case MediaSource.PlainText plain -> tagged(document.name(), plain.text());
            case MediaSource.Base64 inline ->
                caller == Dialect.ANTHROPIC_MESSAGES && inline.mediaType().startsWith("text/")
                        ? tagged(document.name(), decoded(inline))
                        : null;
            case MediaSource.Url ignored -> null;
            case MediaSource.FileId ignored -> null;
        };
    }

    private static Content.Text tagged(@Nullable String name, String text) {
        String title = name == null ? "" : " title=\"" + name.replace('"', '\'') + "\"";
        return new Content.Text("<document" + title + ">\n" + text + "\n</document>");
    }

    private static String decoded(MediaSource.Base64 inline) {
        try {
            return new String(Base64.getDecoder().decode(inline.data()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UntranslatableException("messages", "a document is not valid Base64");
        }
    }
}
