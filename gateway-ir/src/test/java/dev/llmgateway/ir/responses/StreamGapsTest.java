package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.Responses.CAPABLE;
import static dev.llmgateway.ir.responses.Responses.CODEC;
import static dev.llmgateway.ir.responses.Responses.decode;
import static dev.llmgateway.ir.responses.Responses.fold;
import static dev.llmgateway.ir.responses.Responses.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that tell less than the format asks for, or tell it elsewhere. */
class StreamGapsTest {

    private static final String CREATED =
            "{'type':'response.created','response':{'id':'r','model':'m','created_at':7,'status':'in_progress'}}";
    private static final String MESSAGE =
            "{'type':'message','id':'m1','role':'assistant','content':[{'type':'output_text','text':'Hi'}]}";
    private static final String BEGUN = "{'type':'function_call','id':'f1','call_id':'c1','name':'f','arguments':''}";
    private static final String CALL =
            "{'type':'function_call','id':'f1','call_id':'c1','name':'f','arguments':'{\\\"a\\\":1}'}";
    private static final Content.ToolCall CALLED = new Content.ToolCall("c1", "f", "{\"a\":1}");

    private static String added(int index, String item) {
        return "{'type':'response.output_item.added','output_index':" + index + ",'item':" + item + "}";
    }

    private static String done(int index, String item) {
        return "{'type':'response.output_item.done','output_index':" + index + ",'item':" + item + "}";
    }

    private static String arguments(String id, String delta) {
        return "{'type':'response.function_call_arguments.delta','output_index':0,'item_id':'" + id + "','delta':'"
                + delta + "'}";
    }

    private static String completed(String... items) {
        return "{'type':'response.completed','response':{'id':'r','status':'completed','output':["
                + String.join(",", items) + "]}}";
    }

    private static void assertCalls(ChatResponse answer) {
        assertThat(answer.toolCalls())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("extras")
                .containsExactly(CALLED);
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.TOOL_USE);
    }

    @Test
    void readsACallThatOnlyTheEndTells() {
        ChatResponse answer = fold(decode(CREATED, done(0, MESSAGE), completed(MESSAGE, CALL)));

        assertCalls(answer);
        assertThat(answer.text()).isEqualTo("Hi");
        assertThat(answer.first().content()).hasSize(2);
    }

    @Test
    void readsArgumentsThatOnlyTheEndTells() {
        assertCalls(fold(decode(CREATED, added(0, BEGUN), completed(CALL))));
        assertCalls(fold(decode(CREATED, added(1, BEGUN), completed(CALL))));
        assertCalls(fold(decode(
                CREATED, added(0, BEGUN), arguments("f1", "{"), completed(CALL).replace("\\\"", "\\u0022"))));
    }

    @Test
    void readsArgumentsThatOnlyTheBeginningTells() {
        assertCalls(fold(decode(CREATED, added(0, CALL), completed())));
        assertCalls(fold(decode(CREATED, added(0, CALL), done(0, BEGUN), completed(BEGUN))));
    }

    @Test
    void readsArgumentsOfWhichTheRestOnlyComesWhenTheyAreDone() {
        String deltaOnly = arguments("f1", "{\\\"a\\\"");

        assertCalls(fold(decode(CREATED, added(0, BEGUN), deltaOnly, done(0, CALL), completed())));
        assertCalls(fold(decode(CREATED, added(0, BEGUN), deltaOnly, completed(CALL))));
    }

    @Test
    void readsArgumentsThatOnlyTheEndTellsOfACallThatWasDoneWithoutThem() {
        assertCalls(fold(decode(CREATED, added(0, BEGUN), done(0, BEGUN), completed(CALL))));
        assertCalls(fold(decode(CREATED, done(0, BEGUN), done(1, MESSAGE), completed(CALL, MESSAGE))));
        assertCalls(fold(decode(CREATED, added(0, BEGUN), done(0, BEGUN), done(0, BEGUN), completed(CALL))));
    }

    @Test
    void aCallOfWhichNobodyTellsArgumentsHasNone() {
        ChatResponse answer = fold(decode(CREATED, added(0, BEGUN), done(0, BEGUN), completed(BEGUN)));

        assertThat(answer.toolCalls()).extracting(Content.ToolCall::arguments).containsExactly("{}");
    }

    @Test
    void argumentsThatAreSpelledAnewInTheEndAreNotToldTwice() {
        String spaced = CALL.replace("1}", " 1 }");

        assertCalls(fold(decode(
                CREATED, added(0, BEGUN), arguments("f1", "{\\\"a\\\":1}"), done(0, spaced), completed(spaced))));
    }

    @Test
    void theEndRepeatsNothingThatWasToldUnderAnotherIdOrPlaceOrNone() {
        String delta = "{'type':'response.output_text.delta','delta':'Hi'}";
        String reasoning = "{'type':'reasoning','id':'rs','summary':[]}";

        ChatResponse nameless = fold(decode(CREATED, delta, completed(reasoning, MESSAGE)));
        ChatResponse renamed =
                fold(decode(CREATED, done(0, MESSAGE.replace("m1", "m0")), done(1, CALL), completed(MESSAGE, CALL)));

        assertThat(nameless.text()).isEqualTo("Hi");
        assertThat(renamed.text()).isEqualTo("Hi");
        assertThat(renamed.toolCalls()).hasSize(1);
    }

    @Test
    void itemsThatShareAPlaceAreToldApartByTheirIds() {
        String other = BEGUN.replace("f1", "f2").replace("c1", "c2");
        String otherCall = CALL.replace("f1", "f2").replace("c1", "c2").replace("1}", "2}");

        ChatResponse answer = fold(decode(
                CREATED,
                added(0, BEGUN),
                added(0, other),
                arguments("f1", "{\\\"a\\\":"),
                arguments("f2", "{\\\"a\\\":"),
                arguments("f2", "2}"),
                arguments("f1", "1}"),
                done(0, CALL),
                done(0, otherCall),
                completed(CALL, otherCall)));

        assertThat(answer.toolCalls())
                .extracting(Content.ToolCall::id, Content.ToolCall::arguments)
                .containsExactly(tuple("c1", "{\"a\":1}"), tuple("c2", "{\"a\":2}"));
    }

    @Test
    void callsWithoutIdsThatShareAPlaceHaveEachItsArguments() {
        String begun = "{'type':'function_call','call_id':'%s','name':'f','arguments':''}";
        String one = added(0, begun.formatted("c1"));
        String two = added(0, begun.formatted("c2"));
        String delta = "{'type':'response.function_call_arguments.delta','output_index':0,'delta':'%s'}";
        String first = "{'type':'response.function_call_arguments.done','output_index':0,'arguments':'{\\\"a\\\":1}'}";
        String second = first.replace("1}'}", "2}'}");

        assertTwoCalls(one, two, first, second);
        assertTwoCalls(one, first, two, second);
        assertTwoCalls(one, delta.formatted("{\\\"a\\\":1"), two, delta.formatted("{\\\"a\\\":2"), second, first);
        assertTwoCalls(one, two, first, delta.formatted("{\\\"a\\\":2}"));
    }

    private static void assertTwoCalls(String... frames) {
        List<String> all = new ArrayList<>(List.of(CREATED));
        all.addAll(List.of(frames));
        all.add(completed());
        assertThat(fold(decode(all.toArray(String[]::new))).toolCalls())
                .extracting(Content.ToolCall::id, Content.ToolCall::arguments)
                .containsExactly(tuple("c1", "{\"a\":1}"), tuple("c2", "{\"a\":2}"));
    }

    @Test
    void messagesWithoutIdsThatShareAPlaceAreToldApart() {
        String begun = "{'type':'message','role':'assistant','content':[]}";
        String one = begun.replace("[]", "[{'type':'output_text','text':'One.'}]");
        String two = begun.replace("[]", "[{'type':'output_text','text':'Two, too.'}]");
        String[] frames = {CREATED, added(0, begun), text("One."), added(0, begun), text("Two,")};

        assertThat(texts(frames, completed(one, two))).containsExactly("One.", "Two, too.");
        assertThat(texts(frames, done(0, one), done(0, two), completed(one, two)))
                .containsExactly("One.", "Two, too.");
        assertThat(texts(frames, done(0, two), done(0, one), completed(one, two)))
                .containsExactly("One.", "Two, too.");
        assertThat(texts(frames, done(0, two), completed())).containsExactly("One.", "Two, too.");
    }

    @Test
    void aMessageWithoutIdThatIsAnnouncedTwiceOrLateIsOne() {
        String begun = "{'type':'message','role':'assistant','content':[]}";
        String whole = begun.replace("[]", "[{'type':'output_text','text':'One.'}]");

        assertThat(texts(new String[] {CREATED, added(0, begun), added(0, begun), text("One.")}, completed(whole)))
                .containsExactly("One.");
        assertThat(texts(new String[] {CREATED, text("One"), added(0, begun), text(".")}, completed(whole)))
                .containsExactly("One.");
    }

    private static String text(String delta) {
        return "{'type':'response.output_text.delta','output_index':0,'content_index':0,'delta':'" + delta + "'}";
    }

    private static List<String> texts(String[] beginning, String... rest) {
        List<String> frames = new ArrayList<>(List.of(beginning));
        frames.addAll(List.of(rest));
        return fold(decode(frames.toArray(String[]::new))).first().content().stream()
                .map(part -> ((Content.Text) part).text())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'response.completed','response':{'status':'failed','output':[]}}",
                "{'type':'response.completed','response':{'status':'cancelled','output':[]}}",
                "{'type':'response.incomplete','response':{'status':'cancelled','output':[]}}",
                "{'type':'response.completed','response':{'status':'completed','output':[],'error':{'message':'Oh'}}}",
                "{'type':'response.cancelled','response':{'status':'cancelled','output':[]}}",
                "{'type':'response.cancelled'}"
            })
    void aFailureIsNeverAnAnswerWhateverItsEventIsCalled(String end) {
        assertThatThrownBy(() -> decode(CREATED, done(0, MESSAGE), end)).isInstanceOf(ProviderStreamException.class);
    }

    @Test
    void aWholeAnswerThatWasCancelledIsAFailure() {
        assertThatThrownBy(() ->
                        CODEC.decodeResponse(Json.write(json("{'id':'r','status':'cancelled','output':[]}")), CAPABLE))
                .isInstanceOf(ProviderStreamException.class)
                .isNotInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("cancelled");
    }

    @Test
    void anAnswerThatWasCutForAnyReasonDoesNotLookComplete() {
        String response =
                "{'id':'r','status':'incomplete','output':[],'incomplete_details':{'reason':'max_tool_calls'}}";

        ChatResponse streamed = fold(decode(CREATED, "{'type':'response.incomplete','response':" + response + "}"));
        ChatResponse whole = CODEC.decodeResponse(Json.write(json(response)), CAPABLE);

        for (ChatResponse answer : new ChatResponse[] {streamed, whole}) {
            assertThat(answer.first().stopReason()).isEqualTo(StopReason.MAX_TOKENS);
            Outcome outcome = Outcome.of(
                    answer.first().stopReason(), false, answer.first().extras());
            assertThat(outcome.status()).isEqualTo("incomplete");
            assertThat(outcome.incomplete()).isNull();
        }
    }

    @Test
    void anIncompleteAnswerMayLackItsStatus() {
        assertThat(fold(decode(CREATED, "{'type':'response.incomplete','response':{'output':[]}}"))
                        .first()
                        .stopReason())
                .isEqualTo(StopReason.MAX_TOKENS);
    }
}
