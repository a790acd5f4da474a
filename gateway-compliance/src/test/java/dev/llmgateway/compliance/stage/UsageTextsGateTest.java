package dev.llmgateway.compliance.stage;

import static dev.llmgateway.compliance.stage.GatedResponses.GATES;
import static dev.llmgateway.compliance.stage.GatedResponses.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.Action;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vendor's own members of a usage may be texts, which go through the gate whether or not they leave in their bytes. */
class UsageTextsGateTest {

    private final GatedResponses gateway = new GatedResponses();

    private static byte[] stream(String text, String ofUsage) {
        StringBuilder out = new StringBuilder();
        frame("message_start", """
                "message":{"id":"m","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":1}}""", out);
        frame("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}", out);
        frame("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}", out);
        frame("content_block_stop", "\"index\":0", out);
        frame("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":1}", out);
        frame("message_delta", "\"delta\":{},\"usage\":{\"output_tokens\":2," + ofUsage + "}", out);
        frame("message_stop", "\"end\":1", out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void frame(String type, String members, StringBuilder out) {
        out.append("event: ").append(type).append("\ndata: {\"type\":\"").append(type);
        out.append("\",").append(members).append("}\n\n");
    }

    private String gated(Action action, byte[] stream) {
        return new String(
                gateway.gated(GATES.get(action), new AnthropicMessagesCodec(), stream, false), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"novel\":\"TOKEN\"", "\"novel\":{\"deep\":[\"TOKEN\"]}", "\"TOKEN\":1"})
    void noSecretLeavesInThem(String ofUsage) {
        String secret = ofUsage.replace("TOKEN", TOKEN);
        for (String text : new String[] {"Yes.", "Use " + TOKEN + "."}) {
            byte[] stream = stream(text, secret);

            assertThat(gated(Action.REDACT, stream)).doesNotContain(TOKEN).contains("\"output_tokens\":2");
            assertThat(gated(Action.BLOCK, stream)).doesNotContain(TOKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Yes.", "Use TOKEN."})
    void whatIsHarmlessLeaves(String text) {
        byte[] stream = stream(text.replace("TOKEN", TOKEN), "\"novel\":\"fine\"");

        assertThat(gated(Action.REDACT, stream)).contains("\"novel\":\"fine\"").doesNotContain(TOKEN);
    }

    /** The usage goes on, since it has to be paid; its own words would be told as names of what is lost. */
    @Test
    void ofABlockedAnswerTheCountsAloneGoOn() {
        byte[] stream = stream("Use " + TOKEN + ".", "\"" + TOKEN + "\":1");
        DialectCodec client = new OpenAiChatCodec();

        gateway.gated(GATES.get(Action.BLOCK), asked(client), new AnthropicMessagesCodec(), stream, false, client);

        assertThat(gateway.lost).noneMatch(name -> name.contains(TOKEN));
    }

    @Test
    void countsStayWhereSomethingBesideThemIsTakenOut() {
        DialectCodec chat = new OpenAiChatCodec();
        String stream =
                "data: {'id':'c','model':'m','choices':[{'index':0,'delta':{'content':'Yes.'},'finish_reason':'stop'}]}"
                        + "\n\ndata: {'id':'c','model':'m','choices':[],'usage':{'prompt_tokens':1,'completion_tokens':2,'novel':'fine'},"
                        + "'zap':{'deep':'" + TOKEN + "'}}\n\ndata: [DONE]\n\n";

        byte[] gated = gateway.gated(
                GATES.get(Action.REDACT),
                asked(chat),
                chat,
                stream.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                false,
                chat);

        assertThat(new String(gated, StandardCharsets.UTF_8))
                .contains("\"completion_tokens\":2", "\"novel\":\"fine\"")
                .doesNotContain(TOKEN);
    }

    private static ChatRequest asked(DialectCodec client) {
        return client.decodeRequest("""
                {"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"x"}]}""".getBytes(StandardCharsets.UTF_8));
    }
}
