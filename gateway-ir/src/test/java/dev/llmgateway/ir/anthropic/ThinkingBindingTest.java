package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.json;
import static dev.llmgateway.ir.anthropic.Writing.ask;
import static dev.llmgateway.ir.anthropic.Writing.calls;
import static dev.llmgateway.ir.anthropic.Writing.conversation;
import static dev.llmgateway.ir.anthropic.Writing.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.ThinkingOff;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Thinking that comes back to models which refuse it when anything before it has changed. */
class ThinkingBindingTest {

    private static final String BETA = "anthropic-beta";
    private static final JsonNode DROPS =
            json("{'type':'adaptive','block_binding':{'prefix_mismatch_behavior':'drop_block'}}");

    private static final UnaryOperator<ModelTraits.Builder> BINDS = t -> t.bindsThinking(true)
            .thinking(ModelTraits.Thinking.ADAPTIVE)
            .thinkingOff(ThinkingOff.BETWEEN_TOOLS)
            .efforts(Set.of(Effort.LOW, Effort.HIGH));

    @Test
    void aModelThatChecksWhatStandsBeforeItsThinkingIsToldToLeaveItOutRatherThanToRefuse() {
        EncodedRequest encoded = write(thinkingBack(), BINDS);
        assertThat(json(encoded.body()).get("thinking")).isEqualTo(DROPS);
        assertThat(encoded.headers())
                .containsEntry(BETA, "thinking-binding-controls-2026-08-01")
                .containsEntry("anthropic-version", "2023-06-01");
        EncodedRequest withEffort = write(thinkingBack().reasoning(ReasoningOptions.effort(Effort.HIGH)), BINDS);
        assertThat(json(withEffort.body()).get("thinking")).isEqualTo(DROPS);
        assertThat(json(withEffort.body()).at("/output_config/effort").stringValue())
                .isEqualTo("high");
    }

    @Test
    void nothingIsSaidWhereNoThinkingComesBackNorWhereItIsNotTaken() {
        for (EncodedRequest encoded : new EncodedRequest[] {write(ask(), BINDS), write(thinkingBack(), t -> t)}) {
            assertThat(json(encoded.body()).has("thinking")).isFalse();
            assertThat(encoded.headers()).doesNotContainKey(BETA);
        }
        EncodedRequest least = write(thinkingBack().reasoning(ReasoningOptions.effort(Effort.NONE)), BINDS);
        assertThat(json(least.body()).get("thinking")).isEqualTo(json("{'type':'between_tools'}"));
        assertThat(least.headers()).doesNotContainKey(BETA);
    }

    @Test
    void whatAMessagesCallerSaysOfItStays() {
        Extras own = Extras.of(
                Dialect.ANTHROPIC_MESSAGES,
                Map.of("thinking", json("{'block_binding':{'prefix_mismatch_behavior':'error'}}")));
        EncodedRequest encoded = write(
                thinkingBack()
                        .decodedFrom(Dialect.ANTHROPIC_MESSAGES, null)
                        .reasoning(new ReasoningOptions(ReasoningOptions.Mode.ADAPTIVE, null, null, null))
                        .extras(own),
                BINDS);
        assertThat(json(encoded.body())
                        .at("/thinking/block_binding/prefix_mismatch_behavior")
                        .stringValue())
                .isEqualTo("error");
        assertThat(encoded.headers()).doesNotContainKey(BETA);
    }

    @Test
    void thinkingThatTheModelLeftOutIsALossOfTheAnswer() {
        assertThat(lossesOf("[{'type':'thinking_dropped','path':'messages.1.content.0',"
                        + "'reason':'prefix_binding_mismatch'}]"))
                .containsExactly("answer.input_transformations");
        assertThat(lossesOf("[]")).isEmpty();
    }

    private static Iterable<String> lossesOf(String transformations) {
        String body = """
                {'id':'msg_1','type':'message','role':'assistant','model':'m','content':[{'type':'text','text':'ok'}],
                'stop_reason':'end_turn','stop_sequence':null,'usage':{'input_tokens':1,'output_tokens':1},
                'input_transformations':%s}""".formatted(transformations).replace('\'', '"');
        return AnswerLosses.of(
                ResponseDecoder.decode(body.getBytes(StandardCharsets.UTF_8), "anthropic"), ask().build());
    }

    private static ChatRequest.Builder thinkingBack() {
        return conversation(
                Message.user("hi"),
                calls(
                        new Content.Reasoning(
                                "", new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "s", null), Extras.NONE),
                        new Content.Text("ok")),
                Message.user("and?"));
    }
}
