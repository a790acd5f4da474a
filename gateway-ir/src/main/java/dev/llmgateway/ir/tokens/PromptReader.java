package dev.llmgateway.ir.tokens;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Tool;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes all of a request that a model reads, part by part: {@link #read} hands it over. */
public interface PromptReader {

    /** A text of a message, a tool or a document; may be empty. */
    void text(String text);

    /** A schema, or what only its vendor understands. */
    void json(JsonNode json);

    /** A picture. */
    void image();

    /** A text whose tokens are counted already. */
    void tokens(int count);

    /** A sound, or a document whose text is not in the request. */
    void medium();

    /** Hands over messages, tools and the schema of the answer, in this order. */
    static void read(ChatRequest request, PromptReader reader) {
        for (Message message : request.messages()) {
            read(message.content(), reader);
        }
        for (Tool tool : request.toolUse().tools()) {
            read(tool, reader);
        }
        if (request.outputFormat() instanceof OutputFormat.JsonSchema format) {
            json(format.schema(), reader);
        }
    }

    /** Hands over parts of a message. */
    static void read(List<Content> parts, PromptReader reader) {
        for (Content part : parts) {
            switch (part) {
                case Content.Text text -> text(text.text(), reader);
                case Content.Refusal refusal -> text(refusal.text(), reader);
                case Content.Reasoning reasoning -> text(reasoning.text(), reader);
                case Content.ToolCall call -> {
                    text(call.name(), reader);
                    text(call.arguments(), reader);
                }
                case Content.ToolResult result -> read(result.content(), reader);
                case Content.Image ignored -> reader.image();
                case Content.Document document -> document(document.source(), reader);
                case Content.Audio ignored -> reader.medium();
                case Content.Vendor vendor -> json(vendor.json(), reader);
                case Content.Tokens tokens -> reader.tokens(tokens.ids().size());
                case Content.Embedding ignored -> {}
            }
        }
    }

    private static void read(Tool tool, PromptReader reader) {
        switch (tool) {
            case Tool.Function function -> {
                text(function.name(), reader);
                text(function.description(), reader);
                json(function.parameters(), reader);
            }
            case Tool.Custom custom -> {
                text(custom.name(), reader);
                text(custom.description(), reader);
                json(custom.format(), reader);
            }
            case Tool.Vendor vendor -> json(vendor.json(), reader);
        }
    }

    private static void document(MediaSource source, PromptReader reader) {
        if (source instanceof MediaSource.PlainText plain) {
            reader.text(plain.text());
        } else {
            reader.medium();
        }
    }

    private static void text(@Nullable String text, PromptReader reader) {
        if (text != null) {
            reader.text(text);
        }
    }

    private static void json(@Nullable JsonNode json, PromptReader reader) {
        if (json != null) {
            reader.json(json);
        }
    }
}
