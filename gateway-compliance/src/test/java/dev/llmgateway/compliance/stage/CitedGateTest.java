package dev.llmgateway.compliance.stage;

import static dev.llmgateway.compliance.stage.GatedResponses.TOKEN;
import static dev.llmgateway.compliance.stage.GatedResponses.frames;
import static dev.llmgateway.compliance.stage.GatedResponses.holdsNothingOfTheToken;
import static dev.llmgateway.compliance.stage.GatedResponses.wellFormed;
import static dev.llmgateway.compliance.stage.ResponsesFrames.cut;
import static dev.llmgateway.compliance.stage.ResponsesFrames.json;
import static dev.llmgateway.compliance.stage.ResponsesFrames.message;
import static dev.llmgateway.compliance.stage.ResponsesFrames.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.stage.ResponsesFrames.Recording;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Sources that a stream of Responses names, wherever it does, on their way through the gate. */
class CitedGateTest {

    private enum Place {
        BEFORE,
        ADDED,
        AFTER_TEXT,
        PART_DONE,
        ITEM_DONE,
        COMPLETED
    }

    private final GatedResponses gateway = new GatedResponses();

    private static String annotation(String text, String word) {
        int start = text.indexOf(word);
        return "{\"type\":\"url_citation\",\"url\":\"https://a.example/\",\"title\":\"A\",\"start_index\":" + start
                + ",\"end_index\":" + (start + word.length()) + "}";
    }

    /** A text that cites a source for a word of it. */
    private static byte[] stream(List<String> pieces, String word, Place place) {
        String text = String.join("", pieces);
        String annotation = annotation(text, word);
        String at = "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,";
        String added = at + "\"annotation_index\":0,\"annotation\":" + annotation;
        Recording out = new Recording();
        out.frame("response.created", "\"response\":" + response("in_progress", ""));
        out.frame("response.output_item.added", "\"output_index\":0,\"item\":" + message("in_progress", ""));
        out.frame("response.content_part.added", at + "\"part\":" + ResponsesFrames.text(""));
        if (place == Place.BEFORE) {
            out.frame("response.output_text.annotation.added", added);
        }
        pieces.forEach(
                it -> out.frame("response.output_text.delta", at + "\"delta\":" + json(it) + ",\"logprobs\":[]"));
        if (place == Place.ADDED) {
            out.frame("response.output_text.annotation.added", added);
        }
        out.frame("response.output_text.done", at + "\"text\":" + json(text) + ",\"logprobs\":[]");
        if (place == Place.AFTER_TEXT) {
            out.frame("response.output_text.annotation.added", added);
        }
        out.frame("response.content_part.done", at + "\"part\":" + part(text, annotation, place == Place.PART_DONE));
        String item = message("completed", part(text, annotation, place == Place.ITEM_DONE));
        out.frame("response.output_item.done", "\"output_index\":0,\"item\":" + item);
        item = message("completed", part(text, annotation, place == Place.COMPLETED));
        out.frame("response.completed", "\"response\":" + response("completed", item));
        return out.bytes();
    }

    private static String part(String text, String annotation, boolean isTold) {
        return ResponsesFrames.text(text)
                .replace("\"annotations\":[]", "\"annotations\":[" + (isTold ? annotation : "") + "]");
    }

    private static String cited(JsonNode citation, String text) {
        return text.substring(
                citation.path("start_index").asInt(), citation.path("end_index").asInt());
    }

    private static String all(List<JsonNode> frames, String member) {
        StringBuilder all = new StringBuilder();
        frames.forEach(frame -> all.append(frame.at(member).asString("")));
        return all.toString();
    }

    private static JsonNode only(List<JsonNode> frames, String member) {
        List<JsonNode> found = frames.stream()
                .map(frame -> frame.at(member))
                .filter(it -> !it.isMissingNode())
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aCleanStreamLeavesAsItCame(Place place) {
        if (place == Place.BEFORE) {
            return;
        }
        byte[] stream = stream(cut("In Paris it rains today.", 5, 11), "rains", place);

        assertThat(new String(gateway.gated(Action.REDACT, stream), StandardCharsets.UTF_8))
                .isEqualTo(new String(stream, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aWordBehindWhatWasTakenOutIsStillCited(Place place) {
        byte[] stream = stream(cut("Use " + TOKEN + ", it rains today.", 12, 30, 60), "rains", place);

        byte[] sent = gateway.gated(Action.REDACT, stream);

        holdsNothingOfTheToken(sent);
        JsonNode part = wellFormed(sent).at("/output/0/content/0");
        assertThat(part.path("text").asString()).isEqualTo("Use [REDACTED], it rains today.");
        assertThat(part.path("annotations")).hasSize(1);
        assertThat(cited(part.at("/annotations/0"), part.path("text").asString()))
                .isEqualTo("rains");
        assertThat(only(frames(sent), "/annotation")).isEqualTo(part.at("/annotations/0"));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aChatClientIsToldToo(Place place) {
        byte[] stream = stream(cut("Use " + TOKEN + ", it rains today.", 12, 30, 60), "rains", place);

        List<JsonNode> sent = frames(gateway.gated(Action.REDACT, stream, new OpenAiChatCodec()));

        JsonNode citation = only(sent, "/choices/0/delta/annotations/0/url_citation");
        assertThat(cited(citation, all(sent, "/choices/0/delta/content"))).isEqualTo("rains");
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void anAnthropicClientIsToldToo(Place place) {
        byte[] stream = stream(cut("Use " + TOKEN + ", it rains today.", 12, 30, 60), "rains", place);

        List<JsonNode> sent = frames(gateway.gated(Action.REDACT, stream, new AnthropicMessagesCodec()));

        assertThat(only(sent, "/delta/citation/url").asString()).isEqualTo("https://a.example/");
        assertThat(all(sent, "/delta/text")).isEqualTo("Use [REDACTED], it rains today.");
    }

    /** What is cited for something that was taken out is cited for what stands for it. */
    @ParameterizedTest
    @EnumSource(Place.class)
    void whatWasTakenOutIsCitedByWhatStandsForIt(Place place) {
        byte[] stream = stream(cut("Use " + TOKEN + ", it rains.", 12, 30), TOKEN.substring(2) + ", it", place);

        JsonNode part = wellFormed(gateway.gated(Action.REDACT, stream)).at("/output/0/content/0");

        assertThat(cited(part.at("/annotations/0"), part.path("text").asString()))
                .isEqualTo("[REDACTED], it");
    }

    /** The frames that repeat a text pass only when it has been let pass, whatever else they tell. */
    @Property(tries = 120)
    void nothingThatIsTakenOutIsInAnyFrame(
            @ForAll @Size(max = 5) List<@IntRange(max = 70) Integer> cuts,
            @ForAll Place place,
            @ForAll boolean isLast,
            @ForAll boolean pausing) {
        int[] places = cuts.stream().mapToInt(Integer::intValue).sorted().toArray();
        String text = isLast ? "It rains. Use " + TOKEN : "Use " + TOKEN + ", it rains.";
        byte[] stream = stream(cut(text, places), "rains", place);

        byte[] sent = gateway.gated(Action.REDACT, stream, pausing);

        holdsNothingOfTheToken(sent);
        JsonNode part = wellFormed(sent).at("/output/0/content/0");
        assertThat(cited(part.at("/annotations/0"), part.path("text").asString()))
                .isEqualTo("rains");
        for (DialectCodec client : List.of(new OpenAiChatCodec(), new AnthropicMessagesCodec())) {
            holdsNothingOfTheToken(gateway.gated(Action.REDACT, stream, client));
        }
    }

    /** A source of one text does not wait for a word of another. */
    @Test
    void aSourceStaysInItsOwnText() {
        Recording out = new Recording();
        for (JsonNode frame : frames(stream(List.of("It rains."), "rains", Place.ADDED))) {
            String type = frame.path("type").asString();
            if (type.equals("response.output_item.added")) {
                String at = "\"item_id\":\"rs_1\",\"output_index\":7,\"summary_index\":0,";
                String reasoning = "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[]}";
                out.frame("response.output_item.added", "\"output_index\":7,\"item\":" + reasoning);
                out.frame("response.reasoning_summary_text.delta", at + "\"delta\":\"Hm, gh\"");
            }
            if (!type.equals("response.output_item.done")) {
                String members = frame.toString();
                out.frame(
                        type,
                        members.substring(members.indexOf(',', members.indexOf(',') + 1) + 1, members.length() - 1));
            }
        }

        List<String> sent = frames(gateway.gated(Action.REDACT, out.bytes())).stream()
                .map(frame -> frame.path("type").asString())
                .toList();

        assertThat(sent).containsSubsequence("response.output_text.annotation.added", "response.output_text.done");
    }
}
