package dev.llmgateway.compliance.stage;

import static dev.llmgateway.compliance.stage.GatedResponses.CODEC;
import static dev.llmgateway.compliance.stage.GatedResponses.REQUEST;
import static dev.llmgateway.compliance.stage.GatedResponses.SCANNER;
import static dev.llmgateway.compliance.stage.GatedResponses.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Answers of Responses that do not stream. */
class WholeResponsesGateTest {

    private static final String BODY = """
            {"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"gpt","output":[{"id":"rs_1","type":
            "reasoning","summary":[{"type":"summary_text","text":"Use %s\\n\\nor not."},{"type":"summary_text","text":"Or so."}]}]}""";

    private final List<ComplianceFinding> found = new ArrayList<>();

    private byte[] gated(String body) {
        ChatResponse answer = CODEC.decodeResponse(
                body.getBytes(StandardCharsets.UTF_8), new Target("openai", "gpt", ModelTraits.openAi()));
        Iterator<ChatEvent> left = ResponseUnfolder.unfold(answer).iterator();
        GatewayListener listener = new GatewayListener() {
            @Override
            public void contentFound(Exchange exchange, ComplianceFinding finding) {
                found.add(finding);
            }
        };
        Exchange exchange = new Exchange("r", REQUEST, CallOptions.defaults(), listener, null, null, 0, Long.MAX_VALUE);
        ChatStream stream = GateStage.of(SCANNER, Actions.all(Action.REDACT))
                .intercept(exchange, inner -> new ChatStream() {
                    @Override
                    public @Nullable ChatEvent next() {
                        return left.hasNext() ? left.next() : null;
                    }

                    @Override
                    public void close() {}
                });
        return CODEC.encodeResponse(stream.collect(), REQUEST);
    }

    @Test
    void aSummaryKeepsItsPartsWhenSomethingIsTakenOut() {
        byte[] sent = gated(BODY.formatted(TOKEN));

        JsonNode summary = Json.parse(sent).at("/output/0/summary");
        assertThat(summary.findValuesAsString("text")).containsExactly("Use [REDACTED]\n\nor not.", "Or so.");
        GatedResponses.holdsNothingOfTheToken(sent);
        assertThat(found).hasSize(1);
    }

    @Test
    void whatNothingIsTakenOutOfLeavesAsItCame() {
        String body = BODY.formatted("it");

        assertThat(gated(body)).asString(StandardCharsets.UTF_8).isEqualTo(body);
    }
}
