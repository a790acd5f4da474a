package dev.llmgateway.server.tokens;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.json.Json;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Walks over every text of a request that a model reads. */
final class PromptTexts {

    private final Consumer<String> reader;
    private int media;

    private PromptTexts(Consumer<String> reader) {
        this.reader = reader;
    }

    /**
     * Hands each text to {@code reader}.
     *
     * @return how many images, documents and sounds there are, which have no text to count
     */
    static int read(ChatRequest request, Consumer<String> reader) {
        PromptTexts texts = new PromptTexts(reader);
        for (Message message : request.messages()) {
            texts.content(message.content());
        }
        request.toolUse().tools().forEach(texts::tool);
        if (request.outputFormat() instanceof OutputFormat.JsonSchema format) {
            texts.json(format.schema());
        }
        return texts.media;
    }

    private void content(List<Content> parts) {
        for (Content part : parts) {
            switch (part) {
                case Content.Text text -> text(text.text());
                case Content.Refusal refusal -> text(refusal.text());
                case Content.Reasoning reasoning -> text(reasoning.text());
                case Content.ToolCall call -> {
                    text(call.name());
                    text(call.arguments());
                }
                case Content.ToolResult result -> content(result.content());
                case Content.Image ignored -> media++;
                case Content.Document ignored -> media++;
                case Content.Audio ignored -> media++;
                case Content.Vendor vendor -> json(vendor.json());
            }
        }
    }

    private void tool(Tool tool) {
        switch (tool) {
            case Tool.Function function -> {
                text(function.name());
                text(function.description());
                json(function.parameters());
            }
            case Tool.Custom custom -> {
                text(custom.name());
                text(custom.description());
                json(custom.format());
            }
            case Tool.Vendor vendor -> json(vendor.json());
        }
    }

    private void text(@Nullable String text) {
        if (text != null && !text.isEmpty()) {
            reader.accept(text);
        }
    }

    private void json(@Nullable JsonNode json) {
        if (json != null) {
            reader.accept(Json.writeString(json));
        }
    }
}
