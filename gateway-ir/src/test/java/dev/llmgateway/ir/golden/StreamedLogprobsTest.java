package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Log probabilities that a stream of Responses tells piece by piece, once more with the whole text, or in one of both ways. */
class StreamedLogprobsTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static final String AT = "'item_id':'msg_1','output_index':0,'content_index':0,";

    /** Where a stream tells the probabilities of a text. */
    private enum Place {
        FIRST_DELTA,
        SECOND_DELTA,
        TEXT_DONE,
        PART_DONE,
        ITEM_DONE,
        COMPLETED
    }

    private static String probabilities(Set<Place> told, Place here, String... tokens) {
        List<String> all = Stream.of(tokens)
                .map(it -> "{'token':'" + it + "','logprob':-0.5,'bytes':[1],'top_logprobs':[]}")
                .toList();
        return ",'logprobs':[" + (told.contains(here) ? String.join(",", all) : "") + "]";
    }

    private static String whole(Set<Place> told, Place here) {
        return "'text':'It rains.'" + probabilities(told, here, "It", " rains", ".");
    }

    private static String message(Set<Place> told, Place here) {
        return "{'type':'message','id':'msg_1','role':'assistant','status':'completed','content':[{'type':'output_text',"
                + "'annotations':[]," + whole(told, here) + "}]}";
    }

    private static String stream(Set<Place> told) {
        return String.join(
                        "\n",
                        "{'type':'response.created','response':{'id':'r','model':'m'}}",
                        "{'type':'response.output_item.added','output_index':0,'item':"
                                + "{'type':'message','id':'msg_1','role':'assistant','content':[]}}",
                        "{'type':'response.output_text.delta'," + AT + "'delta':'It'"
                                + probabilities(told, Place.FIRST_DELTA, "It") + "}",
                        "{'type':'response.output_text.delta'," + AT + "'delta':' rains.'"
                                + probabilities(told, Place.SECOND_DELTA, " rains", ".") + "}",
                        "{'type':'response.output_text.done'," + AT + whole(told, Place.TEXT_DONE) + "}",
                        "{'type':'response.content_part.done'," + AT + "'part':{'type':'output_text','annotations':[],"
                                + whole(told, Place.PART_DONE) + "}}",
                        "{'type':'response.output_item.done','output_index':0,'item':" + message(told, Place.ITEM_DONE)
                                + "}",
                        "{'type':'response.completed','response':{'id':'r','status':'completed','output':["
                                + message(told, Place.COMPLETED) + "]}}")
                .replace('\'', '"');
    }

    /** All ways to tell of them where all of them are told, by the deltas together or by a frame that has the text. */
    static Stream<Set<Place>> places() {
        Place[] all = Place.values();
        return IntStream.range(1, 1 << all.length)
                .mapToObj(chosen -> {
                    Set<Place> places = EnumSet.noneOf(Place.class);
                    IntStream.range(0, all.length)
                            .filter(it -> (chosen >> it & 1) == 1)
                            .forEach(it -> places.add(all[it]));
                    return places;
                })
                // The second piece alone does not say that it is the second.
                .filter(it -> it.contains(Place.FIRST_DELTA) ? it.size() > 1 : !it.contains(Place.SECOND_DELTA));
    }

    @ParameterizedTest
    @MethodSource("places")
    void areToldOnceWhereverTheyStand(Set<Place> told) {
        ToldStream ofChat = ToldStream.of(RESPONSES, stream(told), CHAT);
        assertThat(tokens(ofChat.last("/choices/0/logprobs/content"))).containsExactly("It", " rains", ".");
        assertThat(ofChat.all("/choices/0/logprobs/content")).hasSize(1);
        assertThat(ofChat.lost()).isEmpty();

        assertThat(ToldStream.of(RESPONSES, stream(told), MESSAGES).lost()).containsExactly("answer.logprobs");

        ToldStream anew = ToldStream.of(RESPONSES, stream(told), RESPONSES, StreamedLogprobsTest::endAnew);
        assertThat(tokens(anew.last("/response/output/0/content/0/logprobs"))).containsExactly("It", " rains", ".");
    }

    @Test
    void whereNoneAreToldThereAreNone() {
        ToldStream told = ToldStream.of(RESPONSES, stream(Set.of()), CHAT);

        assertThat(told.all("/choices/0/logprobs")).allMatch(JsonNode::isNull);
        assertThat(told.lost()).isEmpty();
    }

    private static List<String> tokens(JsonNode probabilities) {
        return probabilities.findValuesAsString("token");
    }

    private static ChatEvent endAnew(ChatEvent event) {
        return event instanceof ChatEvent.Finished end
                ? new ChatEvent.Finished(end.choice(), end.reason(), end.stopSequence(), end.extras(), Wire.NONE)
                : event;
    }
}
