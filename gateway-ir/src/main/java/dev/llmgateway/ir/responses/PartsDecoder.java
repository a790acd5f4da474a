package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.codec.ContentParts;
import dev.llmgateway.ir.codec.DataUrl;
import dev.llmgateway.ir.codec.MediaUrls;
import dev.llmgateway.ir.codec.RequestField;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the content of messages and of tools' outputs: a string, or an array of parts. */
final class PartsDecoder {

    /** The member that asks to cache the prompt up to a part. */
    static final String CACHE_BREAKPOINT = "prompt_cache_breakpoint";

    /** Lists that answers always carry, and that say nothing when they are empty. */
    private static final Set<String> LISTS = Set.of("annotations", "logprobs");

    private static final String PDF = "application/pdf";

    private PartsDecoder() {}

    /** The parts. */
    static List<Content> parts(RequestField content) {
        return ContentParts.read(content, PartsDecoder::part);
    }

    private static Content part(RequestField part) {
        String type = part.requireName("type");
        return switch (type) {
            // "text" and "image_url" are Chat Completions' names, for callers who mix the two up.
            case "input_text", "output_text", "text" ->
                new Content.Text(part.requireText("text"), extras(part, "text"));
            case "refusal" -> new Content.Refusal(part.requireText("refusal"), extras(part, "refusal"));
            case "input_image" -> image(part);
            case "image_url" -> imageOfChat(part, part.require("image_url"));
            case "input_file" -> file(part);
            case "input_audio" -> audio(part, part.require("input_audio").requireObject());
            default -> new Content.Vendor(OPENAI_RESPONSES, part.node());
        };
    }

    /** The members beside {@code known}, and the cache mark, which stays among the extras when it says more than that it is. */
    private static Extras extras(RequestField part, String... known) {
        Set<String> names = new HashSet<>(Set.of(known));
        names.add("type");
        RequestField mark = part.get(CACHE_BREAKPOINT);
        if (mark != null && isPlain(mark.requireObject().node())) {
            names.add(CACHE_BREAKPOINT);
        }
        Map<String, JsonNode> others = Members.others(part, names);
        others.entrySet().removeIf(it -> LISTS.contains(it.getKey()) && Members.isEmptyList(it.getValue()));
        Extras extras = Extras.of(OPENAI_RESPONSES, others);
        return mark == null
                ? extras
                : extras.withCacheMark(new CacheMark(mark.node().path("ttl").stringValue(null)));
    }

    private static boolean isPlain(JsonNode mark) {
        return mark.size() == 1 && "explicit".equals(mark.path("mode").stringValue(""));
    }

    private static Content image(RequestField part) {
        String id = part.optText("file_id");
        String detail = part.optText("detail");
        if (id != null) {
            return new Content.Image(
                    new MediaSource.FileId(id, OPENAI_RESPONSES), detail, extras(part, "file_id", "detail"));
        }
        if (!part.has("image_url")) {
            throw part.invalid("must have image_url (a URL or a data URL) or file_id");
        }
        return new Content.Image(
                source(part.requireName("image_url")), detail, extras(part, "image_url", "file_id", "detail"));
    }

    /** As Chat Completions puts it, with an object, or with the address alone. */
    private static Content imageOfChat(RequestField part, RequestField image) {
        if (image.node().isString()) {
            return image(part);
        }
        String detail = image.requireObject().optText("detail");
        Extras extras = extras(part, "image_url").and(inChat(image));
        return new Content.Image(source(image.requireName("url")), detail, extras);
    }

    private static Extras inChat(RequestField image) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        Members.others(image, Set.of("url", "detail")).forEach((name, value) -> named.put("image_url." + name, value));
        return Extras.of(OPENAI_CHAT, named);
    }

    private static Content file(RequestField part) {
        String name = part.optText("filename");
        String id = part.optText("file_id");
        if (id != null) {
            return new Content.Document(
                    new MediaSource.FileId(id, OPENAI_RESPONSES), name, extras(part, "file_id", "filename"));
        }
        String data = part.optText("file_data");
        if (data != null) {
            return new Content.Document(
                    MediaUrls.inPlaceOfData(data, PDF), name, extras(part, "file_data", "filename"));
        }
        if (!part.has("file_url")) {
            throw part.invalid("must have file_data, file_url or file_id");
        }
        return new Content.Document(
                new MediaSource.Url(part.requireName("file_url")), name, extras(part, "file_url", "filename"));
    }

    private static Content audio(RequestField part, RequestField audio) {
        String format = audio.requireName("format");
        Extras extras = extras(part, "input_audio");
        return new Content.Audio(
                new MediaSource.Base64("audio/" + format, audio.requireText("data")),
                format,
                Members.add(extras, "input_audio", Members.others(audio, Set.of("data", "format"))));
    }

    private static MediaSource source(String url) {
        MediaSource inline = DataUrl.parse(url);
        return inline == null ? new MediaSource.Url(url) : inline;
    }
}
