package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What a Messages client was shown of thinking that nobody signs, in a conversation that goes on at Anthropic, which refuses such. */
class UnsignedThinkingOverHttpTest {

    @RegisterExtension
    static final TestServer SERVER = TestServer.start();

    @Test
    void theConversationGoesOnWithoutIt() {
        SERVER.openAi.always(Reply.json(200, """
                {"id":"c","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,"finish_reason":"stop",
                "message":{"role":"assistant","reasoning_content":"A guess","content":"Hello"}}],
                "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"""));
        JsonNode shown = Json.parse(ask("openai/gpt-4o", "").body()).get("content");
        assertThat(shown.get(0).get("thinking").stringValue()).isEqualTo("A guess");

        HttpResponse<String> answer = ask("anthropic/claude-sonnet-4-5", """
                ,{"role":"assistant","content":%s},{"role":"user","content":"and then?"}""".formatted(shown));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-dropped")).hasValue("messages[].content[].thinking");
        assertThat(SERVER.anthropic.requests().getFirst().text())
                .doesNotContain("A guess")
                .contains("Hello");
    }

    private static HttpResponse<String> ask(String model, String more) {
        return SERVER.post("/v1/messages", """
                {"model":"%s","max_tokens":50,"messages":[{"role":"user","content":"Hi"}%s]}""".formatted(model, more));
    }
}
