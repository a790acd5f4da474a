package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.json.Json;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

/** The budget that Claude Code sends by the names of Anthropic's models up to 4.5, whoever answers to them. */
class ThinkingBudgetOverHttpTest {

    @RegisterExtension
    static final TestServer SERVER = TestServer.start("""
            [model_routing.aliases]
            "claude-sonnet-4-5" = "openai/gpt-4.1"
            """);

    @Test
    void aModelWithoutThinkingServesWhoSendsIt() {
        HttpResponse<String> answer = ask("claude-sonnet-4-5");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-model")).hasValue("gpt-4.1");
        assertThat(answer.headers().firstValue("x-gateway-dropped").orElse("none"))
                .contains("thinking");
        assertThat(Json.parse(SERVER.openAi.requests().getFirst().text()).has("reasoning_effort"))
                .isFalse();
    }

    @Test
    void whoeverLeavesTheChoiceGetsAModelThatThinks() {
        HttpResponse<String> answer = ask("auto");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-dropped").orElse("none"))
                .doesNotContain("thinking");
    }

    private static HttpResponse<String> ask(String model) {
        ObjectNode body = (ObjectNode) Json.parse(Fixtures.clientRequest("claude-code-2.1.197-print-first.json"));
        body.put("model", model);
        body.remove("output_config");
        body.putObject("thinking").put("type", "enabled").put("budget_tokens", 31_999);
        return SERVER.post("/v1/messages", body.toString());
    }
}
