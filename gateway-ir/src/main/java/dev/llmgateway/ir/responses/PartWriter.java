package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;
import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.codec.CacheControl;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.TextDocuments;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the parts of messages and of tool results. */
final class PartWriter {

    /** What the names of an audio's extras start with that belong to the object inside it. */
    private static final String OF_AUDIO = "input_audio.";

    /** The member that asks to cache the prompt up to a part. */
    static final String CACHE_BREAKPOINT = "prompt_cache_breakpoint";

    private final ModelTraits traits;
    private final Losses losses;
    private final JsonWriter out;

    PartWriter(ModelTraits traits, Losses losses, JsonWriter out) {
        this.traits = traits;
        this.losses = losses;
        this.out = out;
    }

    /** The parts that can be written, text documents as text; notes what is lost and refuses what must not be. */
    List<Content> writable(List<Content> content) {
        List<Content> writable = new ArrayList<>(content.size());
        for (Content part : content) {
            Content written = writable(part);
            if (written != null) {
                losses.ofPart(part, keepsMark(part.extras()));
                writable.add(written);
            }
        }
        return writable;
    }

    private @Nullable Content writable(Content part) {
        return switch (part) {
            case Content.Text text -> text.text().isEmpty() && !losses.isOwnCaller() ? null : text;
            case Content.Refusal refusal -> refusal;
            case Content.Audio audio -> {
                requireOwnCaller();
                yield audio;
            }
            case Content.Image image -> {
                requireReachable(image.source(), "image");
                yield image;
            }
            case Content.Document document -> document(document);
            case Content.Vendor vendor -> {
                if (vendor.dialect() == OPENAI_RESPONSES) {
                    yield vendor;
                }
                losses.add(Losses.PART + vendor.json().path("type").asString("part"));
                yield null;
            }
            case Content.Reasoning ignored -> null;
            case Content.ToolCall ignored -> null;
            case Content.ToolResult ignored -> null;
            case Content.Numbers ignored -> null;
        };
    }

    private Content document(Content.Document document) {
        Content.Text text = TextDocuments.asText(document, losses.caller());
        if (text != null) {
            return new Content.Text(text.text(), document.extras());
        }
        requireReachable(document.source(), "document");
        return document;
    }

    /** OpenAI's Responses has texts, images and files; others who speak the format may hear, as a caller of it knows. */
    private void requireOwnCaller() {
        if (!losses.isOwnCaller()) {
            throw new UntranslatableException(
                    "messages",
                    "OpenAI's Responses API takes no sound: ask a model that is called by Chat Completions, or send the words");
        }
    }

    /** The files of OpenAI are the same in both of its formats. */
    private void requireReachable(MediaSource source, String what) {
        if (source instanceof MediaSource.Url && !traits.acceptsImageUrls()) {
            throw new UntranslatableException(
                    "messages",
                    what + " URLs are not fetched by this model's provider: send the " + what + " as Base64");
        }
        if (source instanceof MediaSource.FileId file && file.dialect() == ANTHROPIC_MESSAGES) {
            throw new UntranslatableException(
                    "messages", "the " + what + " with the file id \"" + file.id() + "\" is stored at another vendor");
        }
    }

    /** A mark that came as Anthropic's asks for something else where a model caches without being asked. */
    boolean keepsMark(Extras extras) {
        boolean openAi = losses.isOwnCaller() || losses.caller() == OPENAI_CHAT && !CacheControl.isIn(extras);
        boolean known = traits.acceptsCacheBreakpoints() || openAi;
        return extras.cacheMark() != null && traits.acceptsOpenAiExtras() && known;
    }

    /** Writes the parts of a turn or of a result as a member: a plain text as a string. */
    void content(String name, List<Content> parts) {
        if (parts.isEmpty()) {
            out.text(name, "");
        } else if (parts.size() == 1 && parts.getFirst() instanceof Content.Text text && isPlain(text.extras())) {
            out.text(name, text.text());
        } else {
            out.array(name);
            parts.forEach(this::input);
            out.endArray();
        }
    }

    private boolean isPlain(Extras extras) {
        return extras.of(OPENAI_RESPONSES).isEmpty() && !keepsMark(extras);
    }

    private void input(Content part) {
        switch (part) {
            case Content.Text text -> {
                out.object().text("type", "input_text").text("text", text.text());
                end(text.extras());
            }
            case Content.Refusal refusal -> {
                out.object().text("type", "input_text").text("text", refusal.text());
                end(refusal.extras());
            }
            case Content.Image image -> image(image);
            case Content.Document document -> file(document);
            case Content.Audio audio -> {
                out.object().text("type", "input_audio").object("input_audio");
                out.text("data", data(audio.source())).text("format", audio.format());
                audio.extras().of(OPENAI_RESPONSES).forEach((name, value) -> {
                    if (name.startsWith(OF_AUDIO)) {
                        out.node(name.substring(OF_AUDIO.length()), value);
                    }
                });
                out.endObject();
                end(audio.extras());
            }
            case Content.Vendor vendor -> out.node(vendor.json());
            case Content.Reasoning ignored -> {}
            case Content.ToolCall ignored -> {}
            case Content.ToolResult ignored -> {}
            case Content.Numbers ignored -> {}
        }
    }

    private void image(Content.Image image) {
        out.object().text("type", "input_image");
        switch (image.source()) {
            case MediaSource.FileId file -> out.text("file_id", file.id());
            case MediaSource.Url url -> out.text("image_url", url.url());
            case MediaSource.Base64 inline -> out.text("image_url", dataUrl(inline));
            case MediaSource.PlainText ignored ->
                throw new UntranslatableException("messages", "an image cannot be given as plain text");
        }
        out.optional("detail", image.detail());
        end(image.extras());
    }

    private void file(Content.Document document) {
        out.object().text("type", "input_file");
        switch (document.source()) {
            case MediaSource.FileId file -> out.text("file_id", file.id()).optional("filename", besideNoData(document));
            case MediaSource.Url url -> out.text("file_url", url.url()).optional("filename", besideNoData(document));
            // OpenAI refuses file data without a name.
            case MediaSource.Base64 inline ->
                out.text("file_data", dataUrl(inline))
                        .text("filename", document.name() == null ? "document.pdf" : document.name());
            case MediaSource.PlainText ignored -> throw new IllegalStateException("written as text");
        }
        end(document.extras());
    }

    /** OpenAI takes a name beside data alone; its own callers hear that from it. */
    private @Nullable String besideNoData(Content.Document document) {
        return losses.keep(document.name(), losses.isOwnCaller(), Lost.FILE_NAME);
    }

    private static String dataUrl(MediaSource.Base64 inline) {
        return "data:" + inline.mediaType() + ";base64," + inline.data();
    }

    private static String data(MediaSource source) {
        if (source instanceof MediaSource.Base64 inline) {
            return inline.data();
        }
        throw new UntranslatableException("messages", "sound is only taken as Base64 by this model's provider");
    }

    /** Writes the parts of an assistant's message as the member {@code content}. */
    void said(List<Content> parts) {
        if (parts.size() == 1
                && parts.getFirst() instanceof Content.Text text
                && text.extras().of(OPENAI_RESPONSES).isEmpty()) {
            out.text("content", text.text());
            return;
        }
        out.array("content");
        for (Content part : parts) {
            if (part instanceof Content.Text text) {
                out.object().text("type", "output_text").text("text", text.text());
            } else if (part instanceof Content.Refusal refusal) {
                out.object().text("type", "refusal").text("refusal", refusal.text());
            }
            part.extras().of(OPENAI_RESPONSES).forEach((name, value) -> {
                if (!name.startsWith(ResponsesMembers.OF_MESSAGE)) {
                    out.node(name, value);
                }
            });
            out.endObject();
        }
        out.endArray();
    }

    private void end(Extras extras) {
        CacheMark mark = extras.cacheMark();
        boolean keeps = keepsMark(extras);
        extras.of(OPENAI_RESPONSES).forEach((name, value) -> {
            if ((keeps || !name.equals(CACHE_BREAKPOINT)) && !name.startsWith(OF_AUDIO)) {
                out.node(name, value);
            }
        });
        if (keeps && mark != null && extras.member(OPENAI_RESPONSES, CACHE_BREAKPOINT) == null) {
            out.object(CACHE_BREAKPOINT).text("mode", "explicit");
            out.optional("ttl", mark.ttlAtOpenAi()).endObject();
        }
        out.endObject();
    }
}
