package dev.llmgateway.compliance.stage;

import static dev.llmgateway.compliance.stage.GatedResponses.GATES;
import static dev.llmgateway.compliance.stage.GatedResponses.TOKEN;
import static dev.llmgateway.compliance.stage.GatedResponses.frames;
import static dev.llmgateway.compliance.stage.GatedResponses.holdsNothingOfTheToken;
import static dev.llmgateway.compliance.stage.ResponsesFrames.cut;
import static dev.llmgateway.compliance.stage.ResponsesFrames.json;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Sources that a stream of Chat names for a caller of Chat, on their way through the gate. */
class CitedChatGateTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final String URL = "https://a.example/";

    private enum Place {
        FIRST,
        WITH_TEXT,
        AFTER_TEXT,
        WITH_THE_END
    }

    private final GatedResponses gateway = new GatedResponses();

    private static String annotation(String text, String word, String url) {
        int start = text.indexOf(word);
        return "\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":" + json(url)
                + ",\"title\":\"A\",\"start_index\":" + start + ",\"end_index\":" + (start + word.length()) + "}}]";
    }

    private static String chunk(String delta, String reason) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt\",\"choices\":"
                + "[{\"index\":0,\"delta\":{" + delta + "},\"finish_reason\":" + reason + "}]}";
    }

    /** A text that cites a source for a word of it. */
    private static byte[] stream(List<String> pieces, String word, String url, Place place) {
        String cited = annotation(String.join("", pieces), word, url);
        List<String> chunks = new ArrayList<>();
        chunks.add(
                chunk("\"role\":\"assistant\",\"content\":\"\"" + (place == Place.FIRST ? "," + cited : ""), "null"));
        for (int i = 0; i < pieces.size(); i++) {
            boolean isLast = i == pieces.size() - 1;
            String beside = isLast && place == Place.WITH_TEXT ? "," + cited : "";
            chunks.add(chunk("\"content\":" + json(pieces.get(i)) + beside, "null"));
        }
        if (place == Place.AFTER_TEXT) {
            chunks.add(chunk(cited, "null"));
        }
        chunks.add(chunk(place == Place.WITH_THE_END ? cited : "", "\"stop\""));
        chunks.add("[DONE]");
        return chunks.stream()
                .map(it -> "data: " + it + "\n\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] redacted(byte[] stream, boolean pausing) {
        return gateway.gated(requireNonNull(GATES.get(Action.REDACT)), CHAT, stream, pausing);
    }

    private static String text(byte[] stream) {
        return frames(stream).stream()
                .map(frame -> frame.at("/choices/0/delta/content").asString(""))
                .collect(Collectors.joining());
    }

    private static JsonNode citation(byte[] stream) {
        List<JsonNode> found = frames(stream).stream()
                .flatMap(frame -> frame.at("/choices/0/delta/annotations").valueStream())
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst().path("url_citation");
    }

    private static String cited(byte[] stream) {
        JsonNode citation = citation(stream);
        return text(stream)
                .substring(
                        citation.path("start_index").asInt(),
                        citation.path("end_index").asInt());
    }

    @ParameterizedTest
    @EnumSource(value = Place.class, names = "FIRST", mode = EnumSource.Mode.EXCLUDE)
    void aCleanStreamLeavesAsItCame(Place place) {
        byte[] stream = stream(cut("In Paris it rains today.", 5, 11), "rains", URL, place);

        assertThat(new String(redacted(stream, false), StandardCharsets.UTF_8))
                .isEqualTo(new String(stream, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aWordBehindWhatWasTakenOutIsStillCited(Place place) {
        byte[] stream = stream(cut("Use " + TOKEN + ", it rains today.", 2, 12, 30, 55, 60), "rains", URL, place);

        byte[] sent = redacted(stream, false);

        holdsNothingOfTheToken(sent);
        assertThat(text(sent)).isEqualTo("Use [REDACTED], it rains today.");
        assertThat(cited(sent)).isEqualTo("rains");
    }

    /** The text goes out in its bytes, and only what names the source is written anew. */
    @ParameterizedTest
    @EnumSource(Place.class)
    void aSourceWhoseAddressWasPartlyTakenOutIsStillNamed(Place place) {
        byte[] stream = stream(cut("It rains today.", 5, 11), "rains", URL + "?key=" + TOKEN, place);

        byte[] sent = redacted(stream, false);

        holdsNothingOfTheToken(sent);
        assertThat(cited(sent)).isEqualTo("rains");
        assertThat(citation(sent).path("url").asString()).startsWith(URL);
    }

    /** Between a citation and its text stands what is no text, and before both perhaps another text. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Well, "})
    void aWordOfATextThatComesLaterIsStillCited(String before) {
        String said = "Use " + TOKEN + ", it rains today.";
        String stream = Stream.of(
                        chunk("\"content\":" + json(before), "null"),
                        chunk(annotation(before + said, "rains", URL), "null"),
                        chunk("\"reasoning_content\":\"Hm\"", "null"),
                        chunk("\"content\":" + json(said), "null"),
                        chunk("", "\"stop\""),
                        "[DONE]")
                .map(it -> "data: " + it + "\n\n")
                .collect(Collectors.joining());

        byte[] sent = redacted(stream.getBytes(StandardCharsets.UTF_8), false);

        assertThat(text(sent)).isEqualTo(before + "Use [REDACTED], it rains today.");
        assertThat(cited(sent)).isEqualTo("rains");
    }

    @Test
    void whereTheCallersOwnValuesStandAgainTheSameWordIsCited() {
        var restoring = ComplianceStage.builder()
                .sanitizeRequests(GatedResponses.SCANNER, Actions.all(Action.REDACT))
                .restore(true)
                .build();
        String mail = "jane.longname@example.org";
        byte[] stream = stream(cut("Ask [REDACTED:email:1], it rains.", 2, 9, 15, 26), "rains", URL, Place.AFTER_TEXT);

        byte[] sent = gateway.gated(restoring, "Write to " + mail, CHAT, stream);

        assertThat(text(sent)).isEqualTo("Ask " + mail + ", it rains.");
        assertThat(cited(sent)).isEqualTo("rains");
    }

    @Property(tries = 200)
    void theSameWordIsCitedOnceHoweverTheStreamIsCut(
            @ForAll @Size(max = 6) List<@IntRange(max = 75) Integer> cuts,
            @ForAll Place place,
            @ForAll boolean isSecret,
            @ForAll boolean isSecretAddress,
            @ForAll boolean pausing) {
        int[] places = cuts.stream().mapToInt(Integer::intValue).sorted().toArray();
        String text = "In Paris, where " + (isSecret ? TOKEN : "nothing") + " is said, it rains again.";
        byte[] stream = stream(cut(text, places), "rains", isSecretAddress ? URL + "?key=" + TOKEN : URL, place);

        byte[] sent = redacted(stream, pausing);

        holdsNothingOfTheToken(sent);
        assertThat(text(sent)).isEqualTo(text.replace(TOKEN, "[REDACTED]"));
        assertThat(cited(sent)).isEqualTo("rains");
    }
}
