package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers are told when the account at a provider has nothing left, which no second try can mend. */
class EmptyPurseOverHttpTest {

    private static final Reply OPENAIS = Reply.json(429, """
            {"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}""");
    private static final Reply ANTHROPICS = Reply.json(400, """
            {"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low"}}""");

    @RegisterExtension
    static final TestServer SERVER = TestServer.start();

    private static HttpResponse<String> ask(String path, String model) {
        String prompt = path.equals("/v1/responses") ? "\"input\":\"Hi\"" : """
                "max_tokens":50,"messages":[{"role":"user","content":"Hi"}]""";
        return SERVER.post(path, "{\"model\":\"" + model + "\"," + prompt + "}", "x-gateway-failover", "disabled");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/messages,402,billing_error",
        "/v1/chat/completions,429,insufficient_quota",
        "/v1/responses,429,insufficient_quota"
    })
    void callersGetTheirVendorsStatusAndDoNotTryAgain(String path, int status, String type) {
        SERVER.openAi.always(OPENAIS);
        SERVER.anthropic.always(ANTHROPICS);
        for (String model : new String[] {"openai/gpt-4o", "anthropic/claude-sonnet-5"}) {
            HttpResponse<String> answer = ask(path, model);

            assertThat(answer.statusCode()).as(model).isEqualTo(status);
            assertThat(answer.body()).as(model).contains("\"type\":\"" + type + "\"");
            assertThat(answer.headers().firstValue("x-should-retry")).as(model).hasValue("false");
        }
    }

    @Test
    void aPromptThatIsTooLongIsNotSentAgainWhateverTheStatusSays() {
        SERVER.openAi.always(Reply.json(500, """
                {"error":{"message":"the request exceeds the maximum context length","type":"server_error"}}"""));

        assertThat(ask("/v1/chat/completions", "openai/gpt-4o").headers().firstValue("x-should-retry"))
                .hasValue("false");
    }
}
