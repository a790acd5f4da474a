package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Citations of a stream of Chat, which counts places in all texts, for a caller of Responses, which counts in each. */
class PlacedCitationsTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    private static final String HELLO = "\"content\":\"Hello \"";
    private static final String WORLD = "\"content\":\"brave world\"";
    private static final String THOUGHT = "\"reasoning_content\":\"hm\"";
    private static final String CALL =
            "\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]";

    private static String cite(int start, int end) {
        return "\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.example/\",\"title\":\"A\","
                + "\"start_index\":" + start + ",\"end_index\":" + end + "}}]";
    }

    private static ToldStream told(List<String> deltas) {
        Stream<String> chunks =
                Stream.concat(deltas.stream().map(delta -> chunk(delta, "null")), Stream.of(chunk("", "\"stop\"")));
        return ToldStream.of(
                CHAT,
                String.join("\n", Stream.concat(chunks, Stream.of("[DONE]")).toList()),
                RESPONSES);
    }

    private static String chunk(String delta, String reason) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":{" + delta + "},\"finish_reason\":" + reason + "}]}";
    }

    /** What is cited, text by text. */
    private static List<String> cited(ToldStream told) {
        List<String> all = new ArrayList<>();
        for (JsonNode item : told.last("/response/output").values()) {
            for (JsonNode part : item.path("content").values()) {
                String text = part.path("text").asString();
                assertThat(text).isNotEmpty();
                for (JsonNode citation : part.path("annotations").values()) {
                    all.add(text.substring(
                            citation.path("start_index").asInt(),
                            citation.path("end_index").asInt()));
                }
            }
        }
        return all;
    }

    /** Wherever in the stream the two citations come. */
    @Property
    void eachIsToldOfTheTextThatItIsIn(
            @ForAll @IntRange(max = 3) int first, @ForAll @IntRange(max = 3) int second, @ForAll boolean isCall) {
        List<String> deltas = new ArrayList<>(List.of(HELLO, isCall ? CALL : THOUGHT, WORLD));
        deltas.add(first, cite(0, 5));
        deltas.add(second <= first ? second : second + 1, cite(12, 17));

        ToldStream told = told(deltas);

        assertThat(cited(told)).containsExactlyInAnyOrder("Hello", "world");
        assertThat(told.lost()).isEmpty();
    }

    @Test
    void whatBeginsInOneTextAndEndsInAnotherIsToldOfTheFirst() {
        assertThat(cited(told(List.of(HELLO, THOUGHT, WORLD, cite(2, 11))))).containsExactly("llo ");
    }

    @Test
    void withoutATextTheyAreNamed() {
        ToldStream told = told(List.of(THOUGHT, cite(0, 5)));

        assertThat(cited(told)).isEmpty();
        assertThat(told.lost()).containsExactly("answer.annotations[].url_citation");
    }
}
