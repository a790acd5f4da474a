package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.CODEC;
import static dev.llmgateway.ir.anthropic.TestData.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers of Anthropic's format sealed, between a client and providers that all speak Messages. */
class SealsTest {

    private static final Target ELSEWHERE = new Target("other", "claude-test", ModelTraits.anthropic());
    private static final ChatRequest REQUEST =
            ChatRequest.builder("auto").user("x").build();

    private static final String HISTORY = "{ 'max_tokens':9,'messages':[{'role':'user', 'content':'x'},"
            + "{'role':'assistant','content':[{'type':'thinking','thinking':'Let me see','signature':'%s','novel':1},"
            + "{'type':'redacted_thinking','data':'%s'},{'type':'tool_use','id':'t','name':'f','input':{'signature':'gw1.a.x.y'}}]},"
            + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'r'}]}], 'beta' : [1 ] }";

    private static final Target UNSIGNING = new Target(
            "other",
            "open-test",
            ModelTraits.anthropic().toBuilder().acceptsUnsignedThinking(true).build());

    private static final String UNSIGNED = "{ 'max_tokens':9,'messages':[{'role':'user','content':'x'},"
            + "{'role':'assistant','content':[{'type':'thinking',%s},"
            + "{'type':'thinking','thinking':'Let me see','signature':'SIG'},{'type':'tool_use','id':'t','name':'f','input':{}}]},"
            + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'r'}]}] }";

    private static EncodedRequest sent(String signature, String data, Target target) {
        return sent(HISTORY.formatted(signature, data), target);
    }

    private static EncodedRequest sent(String body, Target target) {
        return CODEC.encodeRequest(CODEC.decodeRequest(TestData.utf8(body.replace('\'', '"'))), target);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void aWholeAnswerIsShownAsItCameButForTheLabels() {
        String answer = "{ 'id':'m','type':'message','role':'assistant','content':[{'type':'thinking','thinking':'T',"
                + "'signature':'%s','novel':1},{'type':'redacted_thinking','data':'%s'},{'type':'text','text':'Hi'}], "
                + "'stop_reason' : 'end_turn','usage':{'input_tokens':1,'output_tokens':1}}";
        byte[] body = TestData.utf8(answer.formatted("SIG", "DATA").replace('\'', '"'));

        assertThat(text(CODEC.encodeResponse(CODEC.decodeResponse(body, TARGET), REQUEST)))
                .isEqualTo(answer.formatted("gw1.a.anthropic.SIG", "gw1.r.anthropic.DATA"));
    }

    @Test
    void redactedThinkingOfAStreamHasALabelToo() {
        byte[] stream = TestData.utf8("""
                event: message_start
                data: {"type":"message_start","message":{"id":"m","model":"c","usage":{"input_tokens":1}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"DATA"},"novel":1}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":1}}

                event: message_stop
                data: {"type":"message_stop"}

                """);

        assertThat(text(TestData.encode(CODEC.eventEncoder(REQUEST), TestData.decode(stream))))
                .contains("'content_block':{'type':'redacted_thinking','data':'gw1.r.anthropic.DATA'},'novel':1}");
    }

    @Test
    void aSignatureInPiecesHasOneLabel() {
        String stream = """
                event: message_start
                data: {"type":"message_start","message":{"id":"m","model":"c","usage":{"input_tokens":1}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":"ST"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"T"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"DE"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"END"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":1}}

                event: message_stop
                data: {"type":"message_stop"}

                """;
        List<ChatEvent> events = TestData.decode(TestData.utf8(stream));
        List<ChatEvent> changed = new ArrayList<>(events);
        changed.replaceAll(event -> event instanceof ChatEvent.Delta delta ? delta.withText("U") : event);

        for (List<ChatEvent> shown : List.of(events, changed)) {
            String signature = Pattern.compile("'signature':'([^']*)'")
                    .matcher(text(TestData.encode(CODEC.eventEncoder(REQUEST), shown)))
                    .results()
                    .map(piece -> piece.group(1))
                    .collect(Collectors.joining());
            assertThat(signature).isEqualTo("gw1.a.anthropic.STDEEND");
        }
        assertThat(TestData.fold(events).first().content().getFirst())
                .isEqualTo(new Content.Reasoning(
                        "T",
                        new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "STDEEND", "anthropic"),
                        Extras.NONE));
    }

    @Test
    void aClientsOwnBytesGoOutWithoutTheLabels() {
        EncodedRequest own = sent("gw1.a.anthropic.SIG", "gw1.r.anthropic.DATA", TARGET);

        assertThat(text(own.body()))
                .contains("'signature':'SIG','novel':1", "'data':'DATA'", "'input':{'signature':'gw1.a.x.y'}")
                .contains(", 'beta' : [1 ]");
        assertThat(own.dropped()).isEmpty();
    }

    @Test
    void whatAnotherMadeIsLeftOutAndNamed() {
        EncodedRequest other = sent("gw1.a.anthropic.SIG", "gw1.r.anthropic.DATA", ELSEWHERE);

        assertThat(text(other.body()))
                .doesNotContain("SIG", "DATA", "Let me see")
                .contains("'id':'t'", "'beta':[1]");
        assertThat(other.dropped())
                .containsExactly(
                        "messages[].content[].thinking", "messages[].content[].signature", "messages[].content[].data");
    }

    /** A provider's id may have been that of another vendor before. */
    @Test
    void whatIsSealedInAnotherWayIsNoSignature() {
        EncodedRequest own = sent("gw1.o.anthropic.SIG", "gw1.r.anthropic.DATA", TARGET);

        assertThat(text(own.body())).doesNotContain("SIG").contains("'data':'DATA'");
        assertThat(own.dropped()).containsExactly("messages[].content[].thinking", "messages[].content[].signature");
    }

    @Test
    void ofSomeOnlyTheForeignOnesAreLeftOut() {
        EncodedRequest mixed = sent("gw1.a.anthropic.SIG", "gw1.r.other.DATA", ELSEWHERE);

        assertThat(text(mixed.body())).doesNotContain("SIG", "gw1.r").contains("'data':'DATA'");
        assertThat(mixed.dropped()).containsExactly("messages[].content[].thinking", "messages[].content[].signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'thinking':'A guess','signature':''",
                "'thinking':'A guess','signature':null",
                "'thinking':'A guess'"
            })
    void thinkingThatNobodySignedIsLeftOutAndNamed(String unsigned) {
        EncodedRequest sent = sent(UNSIGNED.formatted(unsigned), TARGET);

        assertThat(text(sent.body()))
                .doesNotContain("A guess")
                .contains(
                        "'content':[{'type':'thinking','thinking':'Let me see','signature':'SIG'},{'type':'tool_use'");
        assertThat(sent.dropped()).containsExactly("messages[].content[].thinking");
    }

    @Test
    void redactedThinkingWithNothingInItIsLeftOutAndNamed() {
        EncodedRequest sent = sent(HISTORY.formatted("SIG", ""), TARGET);

        assertThat(text(sent.body())).doesNotContain("redacted_thinking").contains("'signature':'SIG'");
        assertThat(sent.dropped()).containsExactly("messages[].content[].data");
    }

    @Test
    void aTurnOfNothingButUnsignedThinkingIsLeftOutWhole() {
        EncodedRequest sent = sent(
                "{'max_tokens':9,'messages':[{'role':'user','content':'x'},{'role':'assistant','content':"
                        + "[{'type':'thinking','thinking':'A guess','signature':''}]},{'role':'user','content':'y'}]}",
                TARGET);

        assertThat(text(sent.body()))
                .contains("'messages':[{'role':'user','content':'x'},{'role':'user','content':'y'}]");
    }

    @Test
    void whoSignsNothingGetsItsThinkingBackAsItWas() {
        String history = UNSIGNED.formatted("'thinking':'A guess'");
        EncodedRequest sent = sent(history, UNSIGNING);

        assertThat(text(sent.body())).isEqualTo(history.replace(" }", ",'model':'open-test' }"));
        assertThat(sent.dropped()).isEmpty();
    }

    @Test
    void whoSignsNothingGetsItsThinkingBackBesideWhatIsLeftOut() {
        EncodedRequest sent =
                sent(UNSIGNED.formatted("'thinking':'A guess'").replace("SIG", "gw1.a.anthropic.SIG"), UNSIGNING);

        assertThat(text(sent.body()))
                .contains("{'type':'thinking','thinking':'A guess','signature':''}")
                .doesNotContain("Let me see");
        assertThat(sent.dropped()).containsExactly("messages[].content[].thinking", "messages[].content[].signature");
    }

    @Test
    void whatHasNoLabelGoesAsItIs() {
        String sent = text(sent("SIG", "DATA", ELSEWHERE).body());

        assertThat(sent).isEqualTo(HISTORY.formatted("SIG", "DATA").replace(" }", ",'model':'claude-test' }"));
    }
}
