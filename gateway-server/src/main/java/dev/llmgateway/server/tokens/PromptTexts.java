package dev.llmgateway.server.tokens;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.tokens.PromptReader;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Hands out a request as texts alone, JSON as it is written, and counts what has no text. */
final class PromptTexts implements PromptReader {

    private final Consumer<String> reader;
    private int media;

    private PromptTexts(Consumer<String> reader) {
        this.reader = reader;
    }

    /**
     * Hands each text to {@code reader}.
     *
     * @return how many images, sounds and documents there are, which have no text to count
     */
    static int read(ChatRequest request, Consumer<String> reader) {
        PromptTexts texts = new PromptTexts(reader);
        PromptReader.read(request, texts);
        return texts.media;
    }

    @Override
    public void text(String text) {
        if (!text.isEmpty()) {
            reader.accept(text);
        }
    }

    @Override
    public void json(JsonNode json) {
        reader.accept(Json.writeString(json));
    }

    /** No chat has any. */
    @Override
    public void tokens(int count) {}

    @Override
    public void image() {
        media++;
    }

    @Override
    public void medium() {
        media++;
    }
}
