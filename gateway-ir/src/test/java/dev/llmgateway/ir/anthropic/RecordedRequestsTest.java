package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.CODEC;
import static dev.llmgateway.ir.anthropic.TestData.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.codec.EncodedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every Anthropic request that was recorded is understood, and goes on to Anthropic in its own bytes. */
class RecordedRequestsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude-code-2.1.197-print-first",
                "claude-code-2.1.330-interactive-main",
                "claude-code-2.1.330-interactive-title",
                "claude-code-2.1.330-no-experimental-betas",
                "claude-code-2.1.330-print-after-tool",
                "claude-code-2.1.330-print-first",
                "pi-0.73-anthropic-messages"
            })
    void clientRequestsKeepTheirBytesButForTheModel(String name) {
        keepsItsBytes(TestData.clientBody(name));
        saysTheSameWhenWrittenAnew(TestData.clientBody(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic-cache-read",
                "anthropic-cache-write",
                "anthropic-error-401",
                "anthropic-json-schema",
                "anthropic-max-tokens",
                "anthropic-parallel-tools-stream",
                "anthropic-text-stream",
                "anthropic-thinking-stream",
                "anthropic-tool-stream"
            })
    void fixtureRequestsKeepTheirBytesButForTheModel(String name) {
        keepsItsBytes(TestData.fixture(name + ".req.json"));
        saysTheSameWhenWrittenAnew(TestData.fixture(name + ".req.json"));
    }

    private static void keepsItsBytes(byte[] body) {
        ChatRequest request = CODEC.decodeRequest(body);
        EncodedRequest encoded = CODEC.encodeRequest(request.withModel("some/alias"), TARGET);
        String expected = new String(body, StandardCharsets.UTF_8)
                .replaceFirst("(\"model\"\\s*:\\s*)\"[^\"]*\"", "$1\"claude-test\"");
        assertThat(new String(encoded.body(), StandardCharsets.UTF_8)).isEqualTo(expected);
        assertThat(encoded.dropped()).isEmpty();
        assertThat(encoded.headers()).containsEntry("anthropic-version", "2023-06-01");
    }

    /** Without the memory of its bytes the request is written from what was understood: nothing may be missing. */
    private static void saysTheSameWhenWrittenAnew(byte[] body) {
        ChatRequest request = CODEC.decodeRequest(body);
        byte[] anew = CODEC.encodeRequest(request.toBuilder().build(), RequestLawsTest.CAPABLE)
                .body();
        assertThat(CODEC.decodeRequest(anew).withModel(request.model())).isEqualTo(request);
    }

    @Test
    void streamingIsSplicedToo() {
        ChatRequest request = CODEC.decodeRequest(TestData.fixture("anthropic-max-tokens.req.json"));
        byte[] body = CODEC.encodeRequest(request.withStream(true), TARGET).body();
        assertThat(TestData.json(body).get("stream").booleanValue()).isTrue();
        ChatRequest silent = CODEC.decodeRequest(
                TestData.body("{'model':'m','max_tokens':1,'messages':[{'role':'user','content':'x'}]}"));
        assertThat(TestData.json(CODEC.encodeRequest(silent, TARGET).body()).has("stream"))
                .isFalse();
    }

    @Test
    void claudeCodeAfterAToolCallIsUnderstood() {
        ChatRequest request = CODEC.decodeRequest(TestData.clientBody("claude-code-2.1.330-print-after-tool"));
        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly(Role.SYSTEM, Role.USER, Role.SYSTEM, Role.ASSISTANT, Role.TOOL);
        assertThat(request.messages().get(0).content()).hasSize(3);
        assertThat(request.messages().get(0).content().get(1).extras().cacheMark())
                .isEqualTo(new CacheMark(null));
        assertThat(request.messages().get(2).extras().member(Dialect.ANTHROPIC_MESSAGES, "output_config"))
                .isEqualTo(TestData.json("{'effort':'medium'}"));
        assertThat(request.messages().get(3).content())
                .containsExactly(new Content.ToolCall(
                        "toolu_mock_1", "Bash", "{\"command\":\"echo mock-tool-ran\",\"description\":\"test\"}"));
        Content.ToolResult result =
                (Content.ToolResult) request.messages().get(4).content().get(0);
        assertThat(result.callId()).isEqualTo("toolu_mock_1");
        assertThat(result.content()).containsExactly(new Content.Text("mock-tool-ran"));
        assertThat(result.isError()).isFalse();
        assertThat(result.extras().cacheMark()).isEqualTo(new CacheMark(null));
    }

    @Test
    void claudeCodesOwnMembersAreKeptForAnthropic() {
        JsonNode body = TestData.json(TestData.clientBody("claude-code-2.1.330-interactive-main"));
        ChatRequest request = CODEC.decodeRequest(TestData.clientBody("claude-code-2.1.330-interactive-main"));
        assertThat(request.extras().of(Dialect.ANTHROPIC_MESSAGES)).containsKeys("context_management", "safeguards");
        assertThat(request.reasoning().mode()).isEqualTo(ReasoningOptions.Mode.ADAPTIVE);
        assertThat(request.reasoning().display())
                .isEqualTo(body.get("thinking").get("display").stringValue());
        assertThat(request.endUser())
                .isEqualTo(body.get("metadata").get("user_id").stringValue());
        assertThat(request.toolUse().tools())
                .anyMatch(tool -> tool instanceof Tool.Function function
                        && function.extras().of(Dialect.ANTHROPIC_MESSAGES).containsKey("defer_loading"));
    }

    @Test
    void theTitleRequestAsksForASchemaAndNoTools() {
        ChatRequest request = CODEC.decodeRequest(TestData.clientBody("claude-code-2.1.330-interactive-title"));
        assertThat(request.toolUse().tools()).isEmpty();
        assertThat(request.reasoning()).isEqualTo(ReasoningOptions.effort(ReasoningOptions.Effort.HIGH));
        assertThat(request.outputFormat()).isInstanceOf(OutputFormat.JsonSchema.class);
        assertThat(request.stream()).isTrue();
    }

    @Test
    void aTokenCountNeedsNoMaxTokens() {
        ChatRequest request = CountTokens.decode(TestData.clientBody("claude-code-2.1.330-count-tokens"));
        assertThat(request.maxOutputTokens()).isNull();
        assertThat(request.messages()).isEqualTo(List.of(Message.user("foo")));
        assertThat(TestData.json(CountTokens.encode(42))).isEqualTo(TestData.json("{'input_tokens':42}"));
    }
}
