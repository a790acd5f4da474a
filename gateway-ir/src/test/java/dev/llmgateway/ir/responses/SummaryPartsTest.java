package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.Responses.CAPABLE;
import static dev.llmgateway.ir.responses.Responses.CODEC;
import static dev.llmgateway.ir.responses.Responses.decode;
import static dev.llmgateway.ir.responses.Responses.fold;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A reasoning's summary in several parts, and beside a reasoning in the open, in streams and whole answers alike. */
class SummaryPartsTest {

    private static final String BODY = "{\"model\":\"m\",\"input\":\"x\",\"max_tokens\":9,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    private static final ChatRequest REQUEST = CODEC.decodeRequest(BODY.getBytes(StandardCharsets.UTF_8));
    private static final ChatRequest OF_ANTHROPIC =
            new AnthropicMessagesCodec().decodeRequest(BODY.getBytes(StandardCharsets.UTF_8));

    private static ChatResponse whole(byte[] stream) {
        JsonNode last = StreamRules.frames(stream).getLast().path("response");
        return CODEC.decodeResponse(Json.write(last), CAPABLE);
    }

    private static ChatResponse withoutWire(ChatResponse answer) {
        return new ChatResponse(
                answer.id(),
                answer.model(),
                answer.created(),
                answer.choices(),
                answer.usage(),
                answer.origin(),
                Wire.NONE);
    }

    private static byte[] streamed(ChatResponse answer) {
        EventEncoder encoder = CODEC.eventEncoder(REQUEST);
        SseBuffer out = new SseBuffer();
        ResponseUnfolder.unfold(answer).forEach(event -> encoder.encode(event, out));
        encoder.finish(out);
        return out.toByteArray();
    }

    @Test
    void theyStayPartsWhenAnAnswerIsWrittenAnew() {
        byte[] stream = Streams.withSummaries("**One**\n\nFirst.", "Second.", "Third.");
        JsonNode summary = StreamRules.check(stream).at("/output/0/summary");
        ChatResponse folded = withoutWire(fold(decode(Fixtures.events(stream))));
        ChatResponse whole = withoutWire(whole(stream));

        assertThat(folded).isEqualTo(whole);
        assertThat(Json.parse(CODEC.encodeResponse(whole, REQUEST)).at("/output/0/summary"))
                .isEqualTo(summary);
        assertThat(StreamRules.check(streamed(whole)).at("/output/0/summary")).isEqualTo(summary);
        assertThat(fold(ResponseUnfolder.unfold(whole))).isEqualTo(whole);
    }

    @Test
    void theyAreOneTextWhenTheTextIsAnother() {
        Content.Reasoning parts = (Content.Reasoning)
                whole(Streams.withSummaries("One.", "Two.")).first().content().getFirst();
        OpaqueToken token = new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, "sealed", "openai");
        Content.Reasoning other = new Content.Reasoning("One and two.", token, parts.extras());
        ChatResponse answer = new ChatResponse("r", "m", List.of(other), StopReason.END_TURN, null);

        JsonNode summary = Json.parse(CODEC.encodeResponse(answer, REQUEST)).at("/output/0/summary");

        assertThat(summary.findValuesAsString("text")).containsExactly("One and two.");
    }

    private static final String REASONING =
            "{'type':'reasoning','id':'rs','summary':[{'type':'summary_text','text':'In short'}],"
                    + "'content':[{'type':'reasoning_text','text':'At length'}]}";
    private static final String COMPLETED =
            "{'type':'response.completed','response':{'id':'r','model':'m','created_at':7,'status':'completed','output':["
                    + REASONING + "]}}";

    private static final String RAW =
            "{'type':'response.reasoning_text.delta','output_index':0,'content_index':0,'delta':'At length'}";
    private static final String RAW_DONE =
            "{'type':'response.reasoning_text.done','output_index':0,'content_index':0,'text':'At length'}";
    private static final String ANNOUNCED = "{'type':'response.reasoning_summary_part.added','output_index':0,"
            + "'summary_index':0,'part':{'type':'summary_text','text':''}}";
    private static final String SUMMARY =
            "{'type':'response.reasoning_summary_text.delta','output_index':0,'summary_index':0,'delta':'In short'}";
    private static final String SUMMARY_DONE =
            "{'type':'response.reasoning_summary_text.done','output_index':0,'summary_index':0,'text':'In short'}";

    /** A stream whose reasoning is told so before it is told as a whole. */
    private static String[] stream(List<String> told) {
        List<String> frames = new ArrayList<>();
        frames.add(
                "{'type':'response.output_item.added','output_index':0,'item':{'type':'reasoning','id':'rs','summary':[]}}");
        frames.addAll(told);
        frames.add("{'type':'response.output_item.done','output_index':0,'item':" + REASONING + "}");
        frames.add(COMPLETED);
        return frames.toArray(String[]::new);
    }

    private static List<String> lost(String[] stream) {
        AnswerLosses losses = new AnswerLosses(OF_ANTHROPIC);
        decode(stream).forEach(losses::accept);
        return losses.names();
    }

    private static String shown(ChatResponse answer) {
        return ((Content.Reasoning) answer.first().content().getFirst()).text();
    }

    /** In all orders in which a summary is made of what it sums up. */
    static Stream<List<String>> contentFirst() {
        return Stream.of(
                List.of(),
                List.of(RAW),
                List.of(RAW_DONE),
                List.of(RAW, RAW_DONE, ANNOUNCED, SUMMARY, SUMMARY_DONE),
                List.of(RAW, ANNOUNCED, SUMMARY, SUMMARY_DONE, RAW_DONE),
                List.of(ANNOUNCED, RAW, SUMMARY),
                List.of(ANNOUNCED, RAW, RAW_DONE, SUMMARY_DONE));
    }

    @ParameterizedTest
    @MethodSource("contentFirst")
    void aReasoningInTheOpenIsShownAndItsSummaryNamedWholeAndStreamed(List<String> told) {
        String body = Json.parse(COMPLETED.replace('\'', '"')).path("response").toString();
        ChatResponse whole = CODEC.decodeResponse(body.getBytes(StandardCharsets.UTF_8), CAPABLE);

        assertThat(fold(decode(stream(told))).first()).isEqualTo(whole.first());
        assertThat(shown(whole)).isEqualTo("At length");
        assertThat(lost(stream(told))).containsExactly("answer.reasoning.summary");
        assertThat(AnswerLosses.of(whole, OF_ANTHROPIC)).containsExactly("answer.reasoning.summary");
        assertThat(AnswerLosses.of(whole, REQUEST)).isEmpty();
        assertThat(AnswerLosses.of(withoutWire(whole), REQUEST)).containsExactly("answer.reasoning.summary");
        assertThat(new String(CODEC.encodeResponse(withoutWire(whole), REQUEST), StandardCharsets.UTF_8))
                .doesNotContain("unshown");
    }

    /** What was shown cannot be taken back. */
    @Test
    void aSummaryThatIsToldFirstStaysAndTheContentIsNamed() {
        String[] stream = stream(List.of(ANNOUNCED, SUMMARY, SUMMARY_DONE, RAW, RAW_DONE));

        assertThat(shown(fold(decode(stream)))).isEqualTo("In short");
        assertThat(lost(stream)).containsExactly("answer.reasoning.content");
    }

    @Test
    void whatIsSaidTwiceIsNotNamed() {
        String twice = COMPLETED.replace("In short", "At length");
        String body = Json.parse(twice.replace('\'', '"')).path("response").toString();

        assertThat(AnswerLosses.of(CODEC.decodeResponse(body.getBytes(StandardCharsets.UTF_8), CAPABLE), OF_ANTHROPIC))
                .isEmpty();
    }
}
