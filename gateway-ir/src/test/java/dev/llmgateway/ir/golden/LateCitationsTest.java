package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Sources, and probabilities, that a stream of Responses tells only in frames that repeat the text, or in some of them. */
class LateCitationsTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static final String CITATION = """
            {"type":"url_citation","url":"https://a.example/","title":"A","start_index":3,"end_index":9}""";
    private static final String SECOND = CITATION.replace("a.example", "b.example");
    private static final String LOGPROBS = """
            [{"token":"It ","logprob":-0.25,"bytes":[73,116,32],"top_logprobs":[]}]""";

    /** Where a stream may tell what belongs to a text. */
    private enum Place {
        ADDED,
        TEXT_DONE,
        PART_DONE,
        ITEM_DONE,
        COMPLETED
    }

    private static String part(Place here, Set<Place> told, String annotations) {
        boolean isTold = told.contains(here);
        return "{\"type\":\"output_text\",\"text\":\"It rains.\",\"annotations\":" + (isTold ? annotations : "[]")
                + ",\"logprobs\":" + (isTold ? LOGPROBS : "[]") + "}";
    }

    private static String message(int index, String status, String content) {
        return "{\"type\":\"message\",\"id\":\"msg_" + index + "\",\"status\":\"" + status
                + "\",\"role\":\"assistant\",\"content\":[" + content + "]}";
    }

    /** The frames of one text. */
    private static List<String> text(int index, Set<Place> told) {
        String place = "\"item_id\":\"msg_" + index + "\",\"output_index\":" + index + ",\"content_index\":0,";
        List<String> frames = new ArrayList<>();
        frames.add("{\"type\":\"response.output_item.added\",\"output_index\":" + index + ",\"item\":"
                + message(index, "in_progress", "") + "}");
        frames.add("{\"type\":\"response.output_text.delta\"," + place + "\"delta\":\"It rains.\"}");
        if (told.contains(Place.ADDED)) {
            frames.add("{\"type\":\"response.output_text.annotation.added\"," + place
                    + "\"annotation_index\":0,\"annotation\":" + CITATION + "}");
        }
        String logprobs = told.contains(Place.TEXT_DONE) ? LOGPROBS : "[]";
        frames.add("{\"type\":\"response.output_text.done\"," + place + "\"text\":\"It rains.\",\"logprobs\":"
                + logprobs + "}");
        String both = "[" + CITATION + "," + SECOND + "]";
        frames.add("{\"type\":\"response.content_part.done\"," + place + "\"part\":" + part(Place.PART_DONE, told, both)
                + "}");
        frames.add("{\"type\":\"response.output_item.done\",\"output_index\":" + index + ",\"item\":"
                + message(index, "completed", part(Place.ITEM_DONE, told, both)) + "}");
        return frames;
    }

    private static String stream(List<String> frames, String... output) {
        String start = "{\"type\":\"response.created\",\"response\":"
                + "{\"id\":\"r\",\"model\":\"m\",\"created_at\":1,\"status\":\"in_progress\",\"output\":[]}}";
        String end = "{\"type\":\"response.completed\",\"response\":"
                + "{\"id\":\"r\",\"model\":\"m\",\"created_at\":1,\"status\":\"completed\",\"output\":["
                + String.join(",", output) + "]}}";
        List<String> numbered = new ArrayList<>();
        for (String frame : Stream.concat(Stream.concat(Stream.of(start), frames.stream()), Stream.of(end))
                .toList()) {
            numbered.add(frame.substring(0, frame.length() - 1) + ",\"sequence_number\":" + numbered.size() + "}");
        }
        return String.join("\n", numbered);
    }

    private static String told(Set<Place> told) {
        String both = "[" + CITATION + "," + SECOND + "]";
        return stream(text(0, told), message(0, "completed", part(Place.COMPLETED, told, both)));
    }

    /** All ways to tell of the sources twice or once, but the text's own end, which cannot. */
    static Stream<Set<Place>> placesOfSources() {
        List<Place> late = List.of(Place.PART_DONE, Place.ITEM_DONE, Place.COMPLETED);
        List<Set<Place>> all = new ArrayList<>();
        for (int chosen = 1; chosen < 1 << late.size(); chosen++) {
            Set<Place> places = EnumSet.noneOf(Place.class);
            for (int i = 0; i < late.size(); i++) {
                if ((chosen >> i & 1) == 1) {
                    places.add(late.get(i));
                }
            }
            all.add(places);
            Set<Place> andBefore = EnumSet.copyOf(places);
            andBefore.add(Place.ADDED);
            all.add(andBefore);
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("placesOfSources")
    void aChatClientIsToldEachOnceWhereverItIsTold(Set<Place> places) {
        ToldStream told = ToldStream.of(RESPONSES, told(places), CHAT);

        List<String> urls = told.all("/choices/0/delta/annotations").stream()
                .flatMap(list -> list.findValuesAsString("url").stream())
                .toList();
        assertThat(urls).containsExactly("https://a.example/", "https://b.example/");
        assertThat(told.lost()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("placesOfSources")
    void anAnthropicClientIsToldEachOnceInItsBlock(Set<Place> places) {
        ToldStream told = ToldStream.of(RESPONSES, told(places), MESSAGES);

        assertThat(told.frames().stream()
                        .map(it -> it.path("type").asString()
                                + it.at("/delta/citation/url").asString("")))
                .containsSubsequence(
                        "content_block_start",
                        "content_block_deltahttps://a.example/",
                        "content_block_deltahttps://b.example/",
                        "content_block_stop",
                        "message_delta");
        assertThat(told.all("/delta/citation")).hasSize(2);
        assertThat(told.lost()).contains("answer.annotations[].start_index");
    }

    @ParameterizedTest
    @MethodSource("placesOfSources")
    void aResponsesClientReadsTheBytes(Set<Place> places) {
        String stream = told(places);

        ToldStream told = ToldStream.of(RESPONSES, stream, RESPONSES);

        assertThat(told.frames()).isEqualTo(stream.lines().map(Json::parse).toList());
        assertThat(told.lost()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Place.class, names = "ADDED", mode = EnumSource.Mode.EXCLUDE)
    void probabilitiesAreToldOnceWhereverTheyAreTold(Place place) {
        for (Set<Place> places : List.of(EnumSet.of(place), EnumSet.of(place, Place.COMPLETED))) {
            ToldStream told = ToldStream.of(RESPONSES, told(places), CHAT);

            assertThat(told.last("/choices/0/logprobs/content")).isEqualTo(Json.parse(LOGPROBS));
        }
    }

    /** Blocks come one by one: a source of one that is over cannot be told. */
    @Test
    void whatCannotBeToldAnyMoreIsNamed() {
        Set<Place> late = EnumSet.of(Place.COMPLETED);
        String both = "[" + CITATION + "," + SECOND + "]";
        List<String> frames = new ArrayList<>(text(0, late));
        frames.addAll(text(1, late));
        String stream = stream(
                frames,
                message(0, "completed", part(Place.COMPLETED, late, both)),
                message(1, "completed", part(Place.COMPLETED, Set.of(), both)));

        ToldStream messages = ToldStream.of(RESPONSES, stream, MESSAGES);
        ToldStream chat = ToldStream.of(RESPONSES, stream, CHAT);

        assertThat(messages.all("/delta/citation")).isEmpty();
        assertThat(messages.lost()).contains("answer.annotations[].url_citation");
        JsonNode sources = chat.last("/choices/0/delta/annotations");
        assertThat(sources.findValuesAsString("url")).hasSize(1);
        assertThat(sources.at("/0/url_citation/start_index").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("placesOfSources")
    void aStreamThatIsWrittenAnewTellsEachOnce(Set<Place> places) {
        ToldStream told = ToldStream.of(
                RESPONSES,
                told(places),
                RESPONSES,
                event -> event instanceof ChatEvent.TextDelta delta ? delta.withText(delta.text()) : event);

        assertThat(told.last("/response/output/0/content/0/annotations").findValuesAsString("url"))
                .containsExactly("https://a.example/", "https://b.example/");
        assertThat(told.all("/annotation")).hasSize(2);
        assertThat(told.all("/sequence_number").stream().map(JsonNode::asInt).toList())
                .isEqualTo(IntStream.range(0, told.frames().size()).boxed().toList());
    }
}
