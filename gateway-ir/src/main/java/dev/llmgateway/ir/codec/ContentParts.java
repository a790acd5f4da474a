package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The content of a message in OpenAI's two formats, which only differ in what a part looks like. */
public final class ContentParts {

    private ContentParts() {}

    /**
     * Reads a string, which is one text, or an array of parts.
     *
     * @param part reads one of them, which is an object
     * @throws InvalidRequestFormatException when it is neither
     */
    public static List<Content> read(RequestField content, Function<RequestField, Content> part) {
        if (content.node().isString()) {
            return List.of(new Content.Text(content.text()));
        }
        if (!content.node().isArray()) {
            throw content.invalid("must be a string or an array of parts, not " + content.kind());
        }
        List<Content> parts = new ArrayList<>();
        content.elements().forEach(element -> parts.add(part.apply(element.requireObject())));
        return parts;
    }
}
