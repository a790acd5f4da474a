package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.ResponseFolder;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Citations of OpenAI's formats, which stand beside texts, for an Anthropic caller, who reads them inside of text blocks. */
class BlockCitationsTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    private static final Target TARGET = new Target("p", "m", ModelTraits.openAi());
    private static final ChatRequest WHOLE = MESSAGES.decodeRequest(
            bytes("{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));

    private static final String HELLO = "\"content\":\"Hello \"";
    private static final String WORLD = "\"content\":\"brave world\"";
    private static final String THOUGHT = "\"reasoning_content\":\"hm\"";
    private static final String CALL =
            "\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]";
    private static final String NO_PLACE_FOR_IT = "answer.annotations[].url_citation";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String annotations(String page, int start, int end) {
        return "\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"" + page
                + "\",\"title\":\"A\",\"start_index\":" + start + ",\"end_index\":" + end + "}}]";
    }

    private static String stream(List<String> deltas) {
        Stream<String> chunks =
                Stream.concat(deltas.stream().map(delta -> chunk(delta, "null")), Stream.of(chunk("", "\"stop\"")));
        return String.join("\n", Stream.concat(chunks, Stream.of("[DONE]")).toList());
    }

    private static String chunk(String delta, String reason) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":{" + delta + "},\"finish_reason\":" + reason + "}]}";
    }

    private static ToldStream told(String... deltas) {
        return ToldStream.of(CHAT, stream(List.of(deltas)), MESSAGES);
    }

    /** What the blocks of a stream say, and the pages that each text names. */
    private static List<String> blocks(ToldStream told) {
        Map<Integer, String> blocks = new LinkedHashMap<>();
        for (JsonNode frame : told.frames()) {
            int index = frame.path("index").asInt(-1);
            JsonNode delta = frame.path("delta");
            switch (frame.path("type").asString()) {
                case "content_block_start" ->
                    blocks.put(index, frame.at("/content_block/type").asString() + ":");
                case "content_block_delta" ->
                    blocks.merge(
                            index,
                            delta.path("text").asString(delta.path("thinking").asString(""))
                                    + cited(delta.path("citation")),
                            String::concat);
                default -> assertThat(index).isIn(-1, blocks.size() - 1);
            }
        }
        return List.copyOf(blocks.values());
    }

    private static String cited(JsonNode citation) {
        return citation.isMissingNode() ? "" : "[" + citation.path("url").asString() + "]";
    }

    private static List<String> blocks(byte[] answer) {
        List<String> blocks = new ArrayList<>();
        for (JsonNode block : Json.parse(answer).path("content").values()) {
            StringBuilder said = new StringBuilder(block.path("type").asString())
                    .append(':')
                    .append(block.path("text").asString(block.path("thinking").asString("")));
            block.path("citations").values().forEach(it -> said.append(cited(it)));
            blocks.add(said.toString());
        }
        return blocks;
    }

    private static ChatResponse folded(String stream) {
        EventDecoder decoder = CHAT.eventDecoder(TARGET);
        List<ChatEvent> events = new ArrayList<>();
        for (String data : stream.split("\n")) {
            decoder.decode(new SseEvent(null, bytes(data)), events::add);
        }
        decoder.end(events::add);
        ResponseFolder folder = new ResponseFolder();
        events.forEach(folder::accept);
        return folder.toResponse();
    }

    /** Wherever two citations come, each is told in its own text, unless that is over: then it is named. */
    @Property
    void eachIsToldInTheBlockThatItIsAboutOrNamed(
            @ForAll @IntRange(max = 3) int first, @ForAll @IntRange(max = 3) int second, @ForAll boolean isCall) {
        String between = isCall ? CALL : THOUGHT;
        List<String> deltas = new ArrayList<>(List.of(HELLO, between, WORLD));
        deltas.add(first, annotations("hello", 0, 5));
        deltas.add(second <= first ? second : second + 1, annotations("world", 12, 17));
        boolean isInTime = deltas.indexOf(annotations("hello", 0, 5)) < deltas.indexOf(between);

        ToldStream told = ToldStream.of(CHAT, stream(deltas), MESSAGES);
        ChatResponse whole = folded(stream(deltas));

        String last = "text:brave world[world]";
        String middle = isCall ? "tool_use:" : "thinking:hm";
        assertThat(blocks(told)).containsExactly(isInTime ? "text:Hello [hello]" : "text:Hello ", middle, last);
        assertThat(told.lost().contains(NO_PLACE_FOR_IT)).isEqualTo(!isInTime);
        assertThat(blocks(MESSAGES.encodeResponse(whole, WHOLE))).containsExactly("text:Hello [hello]", middle, last);
        assertThat(AnswerLosses.of(whole, WHOLE)).containsExactly("answer.annotations[].start_index");
    }

    @Test
    void withoutATextTheyAreNamedAndNoTextBlockBegins() {
        for (String other : List.of(THOUGHT, CALL)) {
            for (List<String> deltas : List.of(
                    List.of(other, annotations("a", 0, 5)),
                    List.of(annotations("a", 0, 5), other),
                    List.of(annotations("a", 0, 0), other))) {
                ToldStream told = ToldStream.of(CHAT, stream(deltas), MESSAGES);
                ChatResponse whole = folded(stream(deltas));

                assertThat(blocks(told)).containsExactly(other.equals(CALL) ? "tool_use:" : "thinking:hm");
                assertThat(told.lost()).containsExactly(NO_PLACE_FOR_IT);
                assertThat(blocks(MESSAGES.encodeResponse(whole, WHOLE))).isEqualTo(blocks(told));
                assertThat(AnswerLosses.of(whole, WHOLE)).containsExactly(NO_PLACE_FOR_IT);
            }
        }
    }

    @Test
    void reasoningThatIsInterruptedByACitationStaysOneBlock() {
        ToldStream told = told(THOUGHT, annotations("a", 0, 5), THOUGHT, HELLO);

        assertThat(blocks(told)).containsExactly("thinking:hmhm", "text:Hello [a]");
    }

    @Test
    void aTextThatWaitsForACallMayStillBeCited() {
        ToldStream told = told(CALL, HELLO, THOUGHT, annotations("a", 0, 5), WORLD);

        assertThat(blocks(told)).containsExactly("tool_use:", "text:Hello [a]", "thinking:hm", "text:brave world");
        assertThat(told.lost()).containsExactly("answer.annotations[].start_index");
    }

    /** Some who speak Chat fill places with zeros, or count them in other units. */
    @Test
    void placesThatAreInNoTextDoNotLoseACitation() {
        for (String citation : List.of(annotations("a", 0, 0), annotations("a", 90, 95))) {
            assertThat(blocks(told(THOUGHT, HELLO, citation))).containsExactly("thinking:hm", "text:Hello [a]");
            assertThat(blocks(told(THOUGHT, citation, HELLO))).containsExactly("thinking:hm", "text:Hello [a]");
        }
    }

    @Test
    void aCompleteAnswerOfSeveralTextsNamesEachSourceInItsOwn() {
        String text = "{\"type\":\"text\",\"text\":\"%s\"}";
        String message = "{\"role\":\"assistant\",\"content\":[" + text.formatted("Hello ") + ","
                + text.formatted("brave world") + "]," + annotations("world", 12, 17) + "}";
        ChatResponse answer = CHAT.decodeResponse(
                bytes(
                        "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                                + "\"finish_reason\":\"stop\",\"message\":" + message + "}]}"),
                TARGET);

        assertThat(blocks(MESSAGES.encodeResponse(answer, WHOLE)))
                .containsExactly("text:Hello ", "text:brave world[world]");
    }

    @Test
    void aTextOfResponsesThatStaysEmptyBeginsNoBlock() {
        String place = "\"item_id\":\"m1\",\"output_index\":0,\"content_index\":0,";
        String citation = "{\"type\":\"response.output_text.annotation.added\"," + place
                + "\"annotation_index\":0,\"annotation\":{\"type\":\"url_citation\",\"url\":\"a\",\"title\":\"A\","
                + "\"start_index\":0,\"end_index\":0}}";
        String message = "{\"type\":\"message\",\"id\":\"m1\",\"role\":\"assistant\",\"content\":[]}";
        String added = "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":" + message + "}";
        String word = "{\"type\":\"response.output_text.delta\"," + place + "\"delta\":\"Hi\"}";
        String end =
                "{\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"status\":\"completed\",\"output\":[]}}";

        ToldStream empty = ToldStream.of(RESPONSES, String.join("\n", added, citation, end), MESSAGES);
        ToldStream filled = ToldStream.of(RESPONSES, String.join("\n", added, citation, word, end), MESSAGES);

        assertThat(blocks(empty)).isEmpty();
        assertThat(empty.lost()).containsExactly(NO_PLACE_FOR_IT);
        assertThat(blocks(filled)).containsExactly("text:Hi[a]");
        assertThat(filled.lost()).containsExactly("answer.annotations[].start_index");
    }
}
