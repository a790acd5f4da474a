package dev.llmgateway.compliance.stage;

import static dev.llmgateway.compliance.stage.GatedResponses.TOKEN;
import static dev.llmgateway.compliance.stage.GatedResponses.holdsNothingOfTheToken;
import static dev.llmgateway.compliance.stage.GatedResponses.wellFormed;
import static dev.llmgateway.compliance.stage.ResponsesFrames.cut;
import static dev.llmgateway.compliance.stage.ResponsesFrames.recorded;
import static dev.llmgateway.compliance.stage.ResponsesFrames.stream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.Action;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Streams of Responses tell every text up to four times: in pieces, and when its part, its item and the answer end. What is taken
 * out of the pieces must be in none of the others.
 */
class ResponsesGateTest {

    private final GatedResponses gateway = new GatedResponses();

    @Provide
    Arbitrary<int[]> cuts() {
        return Arbitraries.integers()
                .between(0, 60)
                .array(int[].class)
                .ofMinSize(0)
                .ofMaxSize(6)
                .map(cuts -> {
                    Arrays.sort(cuts);
                    return cuts;
                });
    }

    @Property(tries = 100)
    void whatIsTakenOutOfTheTextIsInNoFrame(@ForAll("cuts") int[] cuts, @ForAll boolean more, @ForAll boolean pausing) {
        String text = "Use " + TOKEN + (more ? " then" : "");
        byte[] sent = gateway.gated(
                Action.REDACT, stream(List.of("Hm", "m."), cut(text, cuts), List.of("{\"a\"", ":1}")), pausing);

        holdsNothingOfTheToken(sent);
        JsonNode response = wellFormed(sent);
        assertThat(response.path("output")
                        .path(1)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("Use [REDACTED]" + (more ? " then" : ""));
        assertThat(response.path("output")
                        .path(0)
                        .path("summary")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("Hmm.");
        assertThat(response.path("output").path(2).path("arguments").asString()).isEqualTo("{\"a\":1}");
        assertThat(gateway.found).hasSize(1);
    }

    @Property(tries = 40)
    void whatIsTakenOutOfReasoningIsInNoFrame(@ForAll("cuts") int[] cuts) {
        byte[] sent =
                gateway.gated(Action.REDACT, stream(cut("Use " + TOKEN + " now", cuts), List.of("Ok."), List.of("{}")));

        holdsNothingOfTheToken(sent);
        assertThat(wellFormed(sent)
                        .path("output")
                        .path(0)
                        .path("summary")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("Use [REDACTED] now");
    }

    @Property(tries = 40)
    void whatIsTakenOutOfArgumentsIsInNoFrame(@ForAll("cuts") int[] cuts) {
        byte[] sent = gateway.gated(
                Action.REDACT, stream(List.of("Hm."), List.of("Ok."), cut("{\"t\":\"" + TOKEN + "\"}", cuts)));

        holdsNothingOfTheToken(sent);
        assertThat(wellFormed(sent).path("output").path(2).path("arguments").asString())
                .isEqualTo("{\"t\":\"[REDACTED]\"}");
    }

    @Property(tries = 40)
    void nothingOfABlockedTextIsInAnyFrame(@ForAll("cuts") int[] cuts) {
        byte[] sent =
                gateway.gated(Action.BLOCK, stream(List.of("Hm."), cut("Use " + TOKEN + " now", cuts), List.of("{}")));

        holdsNothingOfTheToken(sent);
        JsonNode response = wellFormed(sent);
        assertThat(response.path("status").asString()).isEqualTo("failed");
        assertThat(response.path("error").path("code").asString()).isEqualTo("compliance_blocked");
    }

    @Property(tries = 40)
    void aCleanStreamLeavesAsItCame(@ForAll("cuts") int[] cuts) {
        byte[] stream = stream(
                cut("I think, therefore I am, as somebody said once.", cuts),
                cut("All is well that ends well, and this ends quite well.", cuts),
                cut("{\"city\":\"Paris\",\"days\":3}", cuts));

        assertThat(new String(gateway.gated(Action.REDACT, stream), StandardCharsets.UTF_8))
                .isEqualTo(new String(stream, StandardCharsets.UTF_8));
        assertThat(gateway.found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-responses-text-stream.sse", "openai-responses-function-call-stream.sse"})
    void aRecordedStreamLeavesAsItCame(String name) {
        byte[] stream = recorded(name);

        assertThat(new String(gateway.gated(Action.REDACT, stream), StandardCharsets.UTF_8))
                .isEqualTo(new String(stream, StandardCharsets.UTF_8));
    }

    /** A recorded answer in which the token stands for some of its words, piece by piece and in every repetition. */
    @ParameterizedTest
    @CsvSource({
        "openai-responses-text-stream.sse, '\" How\"', '\" gh', ' How'",
        "openai-responses-function-call-stream.sse, '\"Boston\"', '\"gh', 'Boston'",
    })
    void whatIsTakenOutOfARecordedStreamIsInNoFrame(String name, String piece, String start, String word) {
        String stream = new String(recorded(name), StandardCharsets.UTF_8);
        String changed = stream.replace("\"delta\":" + piece, "\"delta\":" + start + TOKEN.substring(2) + "\"");
        String blank = word.startsWith(" ") ? " " : "";
        changed = changed.replace(word, blank + TOKEN);

        String sent = new String(
                gateway.gated(Action.REDACT, changed.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);

        holdsNothingOfTheToken(sent.getBytes(StandardCharsets.UTF_8));
        assertThat(sent).contains("[REDACTED]").contains("event: response.completed");
    }

    /** What can be decided of a long piece leaves before the rest of it: from there on the stream is written anew. */
    @Property(tries = 40)
    void aCleanStreamThatPausesTellsTheSame(@ForAll("cuts") int[] cuts) {
        String text = "All is well that ends well, and this ends quite well.";
        byte[] stream = stream(List.of("Hm."), cut(text, cuts), List.of("{}"));

        JsonNode response = wellFormed(gateway.gated(Action.REDACT, stream, true));
        assertThat(response.path("output")
                        .path(1)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo(text);
    }

    @Test
    void whatIsOnlyLookedAtIsFoundOnce() {
        byte[] stream = stream(List.of("Hm."), cut("Use " + TOKEN + " now", 7, 20), List.of("{}"));

        assertThat(new String(gateway.gated(Action.LOG_ONLY, stream), StandardCharsets.UTF_8))
                .isEqualTo(new String(stream, StandardCharsets.UTF_8));
        assertThat(gateway.found).hasSize(1);
    }
}
