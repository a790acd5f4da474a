package dev.llmgateway.ir.text;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.text.TextPlace.Kind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Walks over the parts of messages and of tool results. An unchanged part is the same instance. For one walk. */
@SuppressWarnings("ReferenceEquality")
final class PartWalk {

    private final Texts texts;
    private final JsonWalk json;

    PartWalk(Texts texts, JsonWalk json) {
        this.texts = texts;
        this.json = json;
    }

    /**
     * The parts mapped; the same list when none changed.
     *
     * @param around the message or the tool result that holds them
     */
    List<Content> parts(List<Content> parts, TextPlace around) {
        return Texts.each(parts, (part, index) -> part(part, around.part(index)));
    }

    /** The part mapped, or null when it must be left out. */
    private @Nullable Content part(Content part, TextPlace place) {
        Extras extras = json.extras(part.extras(), place);
        return switch (part) {
            case Content.Text text -> {
                String mapped = texts.text(text.text(), place.as(place.kind(), "text"));
                boolean same = mapped == text.text() && extras == text.extras();
                yield same ? text : new Content.Text(mapped, extras);
            }
            case Content.Refusal refusal -> {
                String mapped = texts.text(refusal.text(), place.as(place.kind(), "refusal"));
                boolean same = mapped == refusal.text() && extras == refusal.extras();
                yield same ? refusal : new Content.Refusal(mapped, extras);
            }
            case Content.Reasoning reasoning -> reasoning(reasoning, extras, place);
            case Content.ToolCall call -> call(call, extras, place);
            case Content.ToolResult result -> result(result, extras, place);
            case Content.Image image -> {
                MediaSource source = source(image.source(), place);
                boolean same = source == image.source() && extras == image.extras();
                yield same ? image : new Content.Image(source, image.detail(), extras);
            }
            case Content.Document document -> document(document, extras, place);
            case Content.Audio audio -> {
                MediaSource source = source(audio.source(), place);
                boolean same = source == audio.source() && extras == audio.extras();
                yield same ? audio : new Content.Audio(source, audio.format(), extras);
            }
            case Content.Vendor vendor -> vendor(vendor, place);
            case Content.Numbers numbers -> numbers;
        };
    }

    private @Nullable Content vendor(Content.Vendor vendor, TextPlace place) {
        JsonNode whole = json.mapOrDrop(vendor.json(), JsonRules.PART, place);
        if (whole == vendor.json()) {
            return vendor;
        }
        return whole == null ? null : new Content.Vendor(vendor.dialect(), whole);
    }

    private Content call(Content.ToolCall call, Extras extras, TextPlace place) {
        String arguments = texts.json(call.arguments(), place.as(Kind.TOOL_CALL, "arguments"));
        boolean same = arguments == call.arguments() && extras == call.extras();
        return same ? call : new Content.ToolCall(call.id(), call.name(), arguments, call.token(), extras);
    }

    private Content result(Content.ToolResult result, Extras extras, TextPlace place) {
        List<Content> content = parts(result.content(), place);
        boolean same = content == result.content() && extras == result.extras();
        return same ? result : new Content.ToolResult(result.callId(), content, result.isError(), extras);
    }

    private @Nullable Content reasoning(Content.Reasoning reasoning, Extras extras, TextPlace place) {
        String text = texts.optional(reasoning.text(), place.as(Kind.REASONING, "thinking"));
        boolean same = Objects.equals(text, reasoning.text());
        if (same && extras == reasoning.extras()) {
            return reasoning;
        }
        OpaqueToken token = reasoning.token();
        boolean signed = token != null && token.kind() == OpaqueToken.Kind.ANTHROPIC_SIGNATURE;
        return signed && !same ? null : new Content.Reasoning(text, token, extras);
    }

    private Content document(Content.Document document, Extras extras, TextPlace place) {
        MediaSource source = source(document.source(), place);
        String name = texts.optional(document.name(), place.as(Kind.FILE_NAME, "name"));
        boolean same =
                source == document.source() && Objects.equals(name, document.name()) && extras == document.extras();
        return same ? document : new Content.Document(source, name, extras);
    }

    private MediaSource source(MediaSource source, TextPlace place) {
        return switch (source) {
            case MediaSource.Url url -> {
                String mapped = InlineData.isBase64Url(url.url())
                        ? url.url()
                        : texts.text(url.url(), place.as(Kind.URL, "url"));
                yield mapped == url.url() ? url : new MediaSource.Url(mapped);
            }
            case MediaSource.Base64 inline ->
                InlineData.mapText(inline, text -> texts.text(text, place.as(Kind.DOCUMENT, "data")));
            case MediaSource.PlainText plain -> {
                String mapped = texts.text(plain.text(), place.as(Kind.DOCUMENT, "text"));
                yield mapped == plain.text() ? plain : new MediaSource.PlainText(mapped);
            }
            case MediaSource.FileId file -> file;
        };
    }
}
