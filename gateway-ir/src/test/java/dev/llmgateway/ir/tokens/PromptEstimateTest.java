package dev.llmgateway.ir.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PromptEstimateTest {

    private static final Content IMAGE = new Content.Image(new MediaSource.Url("https://example.com/cat.png"));
    private static final JsonNode SCHEMA =
            json("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}");

    private final ChatRequest plain =
            ChatRequest.builder("auto").user("What is the weather in Bern?").build();

    @Test
    void textsCostTheirTokensAndMessagesAnOverhead() {
        assertThat(tokens(plain))
                .isEqualTo(TokenEstimator.estimate("What is the weather in Bern?") + TokenEstimator.chatOverhead(1));
    }

    @Test
    void toolsAndTheSchemaOfTheAnswerAreReadToo() {
        ChatRequest tools = plain.toBuilder()
                .toolUse(new ToolUse(
                        List.of(new Tool.Function("get_weather", "The weather of a city", SCHEMA)), null, null))
                .build();
        ChatRequest schema = plain.toBuilder()
                .outputFormat(new OutputFormat.JsonSchema("answer", null, SCHEMA, true))
                .build();

        assertThat(tokens(tools)).isBetween(tokens(plain) + 15, tokens(plain) + 40);
        assertThat(tokens(schema)).isBetween(tokens(plain) + 8, tokens(plain) + 30);
    }

    @Test
    void anImageIsSeenEvenInTheResultOfATool() {
        ChatRequest image = plain.toBuilder()
                .message(new Message(
                        Role.TOOL, List.of(new Content.ToolResult("call-1", List.of(IMAGE), false, Extras.NONE))))
                .build();

        assertThat(PromptEstimate.of(plain).hasImages()).isFalse();
        assertThat(PromptEstimate.of(image).hasImages()).isTrue();
        assertThat(tokens(image)).isGreaterThanOrEqualTo(tokens(plain) + PromptEstimate.TOKENS_PER_MEDIUM);
    }

    @Test
    void aDocumentOfPlainTextIsAsLongAsItsText() {
        Content document = new Content.Document(new MediaSource.PlainText("Rain. ".repeat(9_000)), null, Extras.NONE);

        assertThat(PromptEstimate.tokensOf(List.of(document)))
                .isEqualTo(TokenEstimator.estimateBySamples("Rain. ".repeat(9_000)));
    }

    /** A long history is many messages, none of them long by itself. */
    @Test
    void aLongHistoryIsEstimatedFromSamplesAndAShortOneWhole() throws IOException {
        List<String> texts = new ArrayList<>();
        TokenCorpus.heldOut().values().forEach(blocks -> texts.addAll(pieces(String.join("", blocks), 2_000)));
        Collections.shuffle(texts, new Random(5));

        assertThat(relative(texts)).isBetween(0.96, 1.04);
        assertThat(relative(texts.subList(0, 8))).isEqualTo(1);
    }

    private static double relative(List<String> texts) {
        List<Content> parts = texts.stream().<Content>map(Content.Text::new).toList();
        long whole = texts.stream().mapToLong(TokenEstimator::estimate).sum();
        return (double) PromptEstimate.tokensOf(parts) / whole;
    }

    private static List<String> pieces(String text, int length) {
        return IntStream.range(0, text.length() / length)
                .mapToObj(i -> text.substring(i * length, (i + 1) * length))
                .toList();
    }

    @Test
    void partsAloneHaveNoOverhead() {
        assertThat(PromptEstimate.tokensOf(List.of(new Content.Text("Rain."), IMAGE)))
                .isEqualTo(TokenEstimator.estimate("Rain.") + PromptEstimate.TOKENS_PER_MEDIUM);
    }

    private static long tokens(ChatRequest request) {
        return PromptEstimate.of(request).tokens();
    }

    private static JsonNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
