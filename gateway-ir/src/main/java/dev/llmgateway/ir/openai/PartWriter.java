package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.TextDocuments;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the content of a message. */
final class PartWriter {

    private final ModelTraits traits;
    private final Losses losses;
    private final JsonWriter out;
    private final CacheMarks marks;

    PartWriter(ModelTraits traits, Losses losses, JsonWriter out) {
        this.traits = traits;
        this.losses = losses;
        this.out = out;
        this.marks = new CacheMarks(traits, losses);
    }

    /** The parts that can be written, text documents as text; notes what is lost and refuses what must not be. */
    List<Content> writable(List<Content> content) {
        List<Content> writable = new ArrayList<>(content.size());
        for (Content part : content) {
            Content written = writable(part);
            if (written != null) {
                name(part);
                writable.add(written);
            }
        }
        return writable;
    }

    private void name(Content part) {
        Extras extras = part.extras();
        if (marks.passes(extras)) {
            losses.addForeign(Losses.PART, extras);
        } else {
            losses.ofPart(part, marks.keeps(extras));
            marks.nameUnknown(Losses.PART, extras);
        }
    }

    private @Nullable Content writable(Content part) {
        return switch (part) {
            case Content.Text text -> text;
            case Content.Refusal refusal -> refusal;
            case Content.Audio audio -> audio;
            case Content.Image image -> {
                requireReachable(image.source(), "image");
                yield image;
            }
            case Content.Document document -> document(document);
            case Content.Vendor vendor -> {
                if (vendor.dialect() != OPENAI_CHAT) {
                    losses.add(ResponsesMembers.partName(vendor));
                    yield null;
                }
                yield vendor;
            }
            case Content.Reasoning ignored -> null;
            case Content.ToolCall ignored -> null;
            case Content.ToolResult ignored -> null;
            case Content.Numbers ignored ->
                throw new UntranslatableException(
                        "messages[].content[]", "a chat is about texts, not their tokens' ids");
        };
    }

    private Content document(Content.Document document) {
        Content.Text text = TextDocuments.asText(document, losses.caller());
        if (text != null) {
            return text;
        }
        // One by its URL is a caller's own, whose provider may fetch it: all others are refused before.
        if (!(document.source() instanceof MediaSource.Url)) {
            requireReachable(document.source(), "document");
        }
        return document;
    }

    private void requireReachable(MediaSource source, String what) {
        if (source instanceof MediaSource.Url && !traits.acceptsImageUrls()) {
            throw new UntranslatableException(
                    "messages", "image URLs are not fetched by this model's provider: send the image as Base64");
        }
        // The files of OpenAI are the same in both of its formats, but here only documents can be files.
        boolean own = source instanceof MediaSource.FileId file
                && (file.dialect() == OPENAI_CHAT || file.dialect() == OPENAI_RESPONSES && what.equals("document"));
        if (source instanceof MediaSource.FileId file && !own && file.dialect() == OPENAI_RESPONSES) {
            throw new UntranslatableException(
                    "messages",
                    "the " + what + " with the file id \"" + file.id()
                            + "\" can only be taken by OpenAI's Responses API:" + " send the " + what + " as Base64");
        }
        if (source instanceof MediaSource.FileId file && !own) {
            throw new UntranslatableException(
                    "messages", "the " + what + " with the file id \"" + file.id() + "\" is stored at another vendor");
        }
    }

    /**
     * Writes the member {@code content}.
     *
     * @param severalParts whether the target takes several parts of text here; else they are joined by line feeds
     */
    void content(List<Content> parts, boolean severalParts) {
        if (parts.isEmpty()) {
            out.text("content", "");
        } else if (parts.size() == 1 && parts.getFirst() instanceof Content.Text text && isPlain(text)) {
            out.text("content", text.text());
        } else if (!severalParts && parts.stream().allMatch(Content.Text.class::isInstance)) {
            parts.stream()
                    .filter(part -> marks.passes(part.extras()))
                    .forEach(part -> losses.addMark(Lost.CACHE_MARK, Losses.PART, part.extras()));
            out.text("content", joined(parts));
        } else {
            out.array("content");
            parts.forEach(this::part);
            out.endArray();
        }
    }

    private boolean isPlain(Content.Text text) {
        return marks.own(text.extras()).of(OPENAI_CHAT).isEmpty() && !marks.keeps(text.extras());
    }

    static String joined(List<Content> texts) {
        return texts.stream()
                .filter(Content.Text.class::isInstance)
                .map(part -> ((Content.Text) part).text())
                .collect(Collectors.joining("\n"));
    }

    void part(Content part) {
        switch (part) {
            case Content.Text text -> {
                out.object().text("type", "text").text("text", text.text());
                end(text.extras(), "text");
            }
            case Content.Refusal refusal -> {
                out.object().text("type", "refusal").text("refusal", refusal.text());
                end(refusal.extras(), "refusal");
            }
            case Content.Image image -> {
                out.object().text("type", "image_url").object("image_url");
                out.text("url", url(image.source())).optional("detail", image.detail());
                NestedMembers.write(image.extras(), "image_url", out);
                out.endObject();
                end(image.extras(), "image_url");
            }
            case Content.Audio audio -> {
                out.object().text("type", "input_audio").object("input_audio");
                out.text("data", data(audio.source())).text("format", audio.format());
                NestedMembers.write(audio.extras(), "input_audio", out);
                out.endObject();
                end(audio.extras(), "input_audio");
            }
            case Content.Document document -> file(document);
            case Content.Vendor vendor -> out.node(vendor.json());
            case Content.Reasoning ignored -> {}
            case Content.ToolCall ignored -> {}
            case Content.ToolResult ignored -> {}
            case Content.Numbers ignored -> {}
        }
    }

    private void file(Content.Document document) {
        out.object().text("type", "file").object("file");
        if (document.source() instanceof MediaSource.FileId id) {
            out.text("file_id", id.id()).optional("filename", document.name());
        } else {
            // OpenAI refuses file data without a name.
            out.text("file_data", url(document.source()));
            out.text("filename", document.name() == null ? "document.pdf" : document.name());
        }
        NestedMembers.write(document.extras(), "file", out);
        out.endObject();
        end(document.extras(), "file");
    }

    private void end(Extras extras, String payload) {
        NestedMembers.writeOuter(marks.own(extras), payload, out);
        boolean written = extras.member(OPENAI_CHAT, PartDecoder.CACHE_BREAKPOINT) != null;
        if (marks.keeps(extras) && !written) {
            out.object(PartDecoder.CACHE_BREAKPOINT).text("mode", "explicit");
            CacheMark mark = extras.cacheMark();
            out.optional("ttl", mark == null ? null : mark.ttlAtOpenAi()).endObject();
        }
        out.endObject();
    }

    private static String url(MediaSource source) {
        return switch (source) {
            case MediaSource.Url url -> url.url();
            case MediaSource.Base64 inline -> "data:" + inline.mediaType() + ";base64," + inline.data();
            case MediaSource.FileId file -> file.id();
            case MediaSource.PlainText plain ->
                "data:text/plain;base64,"
                        + Base64.getEncoder().encodeToString(plain.text().getBytes(StandardCharsets.UTF_8));
        };
    }

    private static String data(MediaSource source) {
        if (source instanceof MediaSource.Base64 inline) {
            return inline.data();
        }
        throw new UntranslatableException("messages", "sound is only taken as Base64 by this model's provider");
    }
}
