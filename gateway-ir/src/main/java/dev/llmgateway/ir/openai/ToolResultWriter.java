package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.VendorParts;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the results of tools: one message per result, text only, as the format has it. Images and files of the results
 * follow in one user message behind all of them. A failed tool's text starts with {@code Error:}.
 */
final class ToolResultWriter {

    private final ModelTraits traits;
    private final Losses losses;
    private final JsonWriter out;
    private final PartWriter parts;
    private final CacheMarks marks;

    ToolResultWriter(ModelTraits traits, Losses losses, JsonWriter out, PartWriter parts) {
        this.traits = traits;
        this.losses = losses;
        this.out = out;
        this.parts = parts;
        this.marks = new CacheMarks(traits, losses);
    }

    void write(Message message) {
        List<Content> media = new ArrayList<>();
        for (Content part : message.content()) {
            if (part instanceof Content.ToolResult result) {
                result(result, media);
            }
        }
        if (!media.isEmpty()) {
            out.object().text("role", "user");
            parts.content(media, true);
            out.endObject();
        }
    }

    private void result(Content.ToolResult result, List<Content> media) {
        String prefix = ResponsesMembers.prefix(result, losses.caller());
        losses.addForeign(prefix, result.extras());
        marks.nameUnlessPassed(prefix, result.extras());
        String id = ToolCallWriter.id(result.callId(), traits);
        List<Content> texts = new ArrayList<>();
        List<Content> others = new ArrayList<>();
        for (Content part : parts.writable(VendorParts.asTexts(result.content(), OPENAI_CHAT))) {
            (part instanceof Content.Text ? texts : others).add(part);
        }
        if (!others.isEmpty()) {
            media.add(new Content.Text("From the result of the tool call " + id + ":"));
            media.addAll(others);
            if (texts.isEmpty()) {
                texts.add(new Content.Text("The result follows in the next message."));
            }
        }
        if (result.isError()) {
            String text = PartWriter.joined(texts);
            texts = List.of(new Content.Text(text.isEmpty() ? "Error" : "Error: " + text));
        }
        out.object().text("role", "tool").text("tool_call_id", id);
        parts.content(texts, traits.acceptsOpenAiExtras());
        out.members(marks.own(result.extras()).of(OPENAI_CHAT));
        out.endObject();
    }
}
