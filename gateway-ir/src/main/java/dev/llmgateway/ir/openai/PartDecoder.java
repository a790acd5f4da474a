package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.codec.CacheControl;
import dev.llmgateway.ir.codec.ContentParts;
import dev.llmgateway.ir.codec.DataUrl;
import dev.llmgateway.ir.codec.MediaUrls;
import dev.llmgateway.ir.codec.RequestField;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the content of a message: a string, or an array of parts. */
final class PartDecoder {

    /** The member that asks to cache the prompt up to a part. */
    static final String CACHE_BREAKPOINT = "prompt_cache_breakpoint";

    private static final String PDF = "application/pdf";

    private PartDecoder() {}

    /** The parts of a message of which an empty string says that there are none. */
    static List<Content> optional(@Nullable RequestField content) {
        if (content == null || content.node().isString() && content.text().isEmpty()) {
            return List.of();
        }
        return content(content);
    }

    /** The parts. */
    static List<Content> content(RequestField content) {
        return ContentParts.read(content, PartDecoder::part);
    }

    private static Content part(RequestField part) {
        String type = part.requireName("type");
        return switch (type) {
            // The names of Responses, for callers who mix the two up.
            case "text", "input_text", "output_text" ->
                new Content.Text(part.requireText("text"), extras(part, "text"));
            case "refusal" -> new Content.Refusal(part.requireText("refusal"), extras(part, "refusal"));
            case "image_url" -> image(part, part.require("image_url").requireObject());
            case "input_audio" -> audio(part, part.require("input_audio").requireObject());
            case "file" -> file(part, part.require("file").requireObject());
            default -> new Content.Vendor(OPENAI_CHAT, part.node());
        };
    }

    private static Extras extras(RequestField part, String payload) {
        RequestField mark = part.get(CACHE_BREAKPOINT);
        if (mark == null) {
            return CacheControl.marked(part.extras(OPENAI_CHAT, Set.of("type", payload)));
        }
        boolean plain = mark.requireObject().node().size() == 1
                && "explicit".equals(mark.node().path("mode").stringValue(""));
        Set<String> known = plain ? Set.of("type", payload, CACHE_BREAKPOINT) : Set.of("type", payload);
        return part.extras(OPENAI_CHAT, known)
                .withCacheMark(new CacheMark(mark.node().path("ttl").stringValue(null)));
    }

    private static Extras extras(RequestField part, String payload, Set<String> knownInside) {
        return NestedMembers.add(
                extras(part, payload), payload, part.require(payload).others(knownInside));
    }

    private static Content image(RequestField part, RequestField image) {
        return new Content.Image(
                source(image.requireName("url")),
                image.optText("detail"),
                extras(part, "image_url", Set.of("url", "detail")));
    }

    private static Content audio(RequestField part, RequestField audio) {
        String format = audio.requireName("format");
        return new Content.Audio(
                new MediaSource.Base64("audio/" + format, audio.requireText("data")),
                format,
                extras(part, "input_audio", Set.of("data", "format")));
    }

    private static Content file(RequestField part, RequestField file) {
        String name = file.optText("filename");
        String id = file.optText("file_id");
        if (id != null) {
            Extras extras = extras(part, "file", Set.of("file_id", "filename"));
            return new Content.Document(new MediaSource.FileId(id, OPENAI_CHAT), name, extras);
        }
        Extras extras = extras(part, "file", Set.of("file_id", "file_data", "filename"));
        RequestField data = file.get("file_data");
        if (data == null) {
            throw file.invalid("must have file_data or file_id");
        }
        return new Content.Document(MediaUrls.inPlaceOfData(data.text(), PDF), name, extras);
    }

    private static MediaSource source(String url) {
        MediaSource inline = DataUrl.parse(url);
        return inline == null ? new MediaSource.Url(url) : inline;
    }
}
