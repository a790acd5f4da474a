package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recorded client's request says the same to a model behind the other dialect. */
class CrossDialectRequestsTest {

    private static final Path REQUESTS = Path.of("src", "test", "resources", "client_requests");
    private static final DialectCodec ANTHROPIC = new AnthropicMessagesCodec();
    private static final DialectCodec OPENAI = new OpenAiChatCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    @ParameterizedTest
    @ValueSource(strings = {"opencode-1.18.33-chat", "pi-0.73-openai-completions", "qwen-code"})
    void chatCompletionsClientsToAnthropic(String name) throws IOException {
        ChatRequest asked = OPENAI.decodeRequest(body(name));
        Target target = new Target("anthropic", "claude", ModelTraits.anthropic());
        ChatRequest sent =
                ANTHROPIC.decodeRequest(ANTHROPIC.encodeRequest(asked, target).body());
        assertThat(said(sent)).isEqualTo(said(asked));
        assertThat(tools(sent)).isEqualTo(tools(asked));
    }

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
    void messagesClientsToOpenAi(String name) throws IOException {
        ChatRequest asked = ANTHROPIC.decodeRequest(body(name));
        Target target = new Target("openai", "gpt", ModelTraits.openAi());
        ChatRequest sent =
                OPENAI.decodeRequest(OPENAI.encodeRequest(asked, target).body());
        assertThat(said(sent)).isEqualTo(said(asked));
        assertThat(tools(sent)).isEqualTo(tools(asked));
        assertThat(sent.maxOutputTokens()).isEqualTo(asked.maxOutputTokens());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "opencode-1.18.33-chat",
                "pi-0.73-openai-completions",
                "qwen-code",
                "claude-code-2.1.197-print-first",
                "claude-code-2.1.330-interactive-main",
                "claude-code-2.1.330-interactive-title",
                "claude-code-2.1.330-no-experimental-betas",
                "claude-code-2.1.330-print-after-tool",
                "claude-code-2.1.330-print-first",
                "pi-0.73-anthropic-messages"
            })
    void otherClientsToResponses(String name) throws IOException {
        boolean anthropic = name.startsWith("claude") || name.endsWith("messages");
        ChatRequest asked = (anthropic ? ANTHROPIC : OPENAI).decodeRequest(body(name));
        Target target = new Target("openai", "gpt", ModelTraits.openAi());
        ChatRequest sent =
                RESPONSES.decodeRequest(RESPONSES.encodeRequest(asked, target).body());
        assertThat(said(sent)).isEqualTo(said(asked));
        assertThat(tools(sent)).isEqualTo(tools(asked));
        assertThat(sent.maxOutputTokens()).isEqualTo(asked.maxOutputTokens());
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex-0.169.0-builtin-after-426", "codex-0.169.0-custom-provider"})
    void responsesClientsToTheOthers(String name) throws IOException {
        ChatRequest asked = RESPONSES.decodeRequest(body(name));
        for (DialectCodec to : List.of(OPENAI, ANTHROPIC)) {
            ModelTraits traits = to == OPENAI ? ModelTraits.openAi() : ModelTraits.anthropic();
            EncodedRequest encoded = to.encodeRequest(asked, new Target("p", "m", traits));
            ChatRequest sent = to.decodeRequest(encoded.body());
            assertThat(said(sent)).isEqualTo(said(asked));
            assertThat(sent.toolUse().tools()).extracting(Tool::name).isEqualTo(callable(asked));
            assertThat(encoded.dropped()).contains("client_metadata").doesNotContain("include", "store");
        }
    }

    /** The names of the tools that the client itself runs. */
    private static List<String> callable(ChatRequest request) {
        return request.toolUse().tools().stream()
                .filter(tool -> !(tool instanceof Tool.Vendor))
                .map(Tool::name)
                .toList();
    }

    private static byte[] body(String name) throws IOException {
        return Json.write(
                Json.parse(Files.readAllBytes(REQUESTS.resolve(name + ".json"))).get("body"));
    }

    /** Who says what, in order; not how it is cut into parts, and without the attribution that only Anthropic gets. */
    private static List<String> said(ChatRequest request) {
        List<String> said = new ArrayList<>();
        for (Message message : request.messages()) {
            Role role = message.role() == Role.DEVELOPER ? Role.SYSTEM : message.role();
            for (Content part : message.content()) {
                String line = role + " " + said(part);
                if (!line.contains("x-anthropic-billing-header")) {
                    said.add(line);
                }
            }
        }
        return said;
    }

    private static String said(Content part) {
        return switch (part) {
            case Content.Text text -> text.text();
            case Content.ToolCall call -> call.id() + " " + call.name() + " " + call.arguments();
            case Content.ToolResult result ->
                result.callId() + " "
                        + result.content().stream()
                                .map(CrossDialectRequestsTest::said)
                                .toList();
            default -> part.toString();
        };
    }

    /** All but the placeholder that only means something where tools are loaded later. */
    private static List<String> tools(ChatRequest request) {
        return request.toolUse().tools().stream()
                .filter(tool -> !tool.name().equals("DeferredToolPlaceholder"))
                .map(tool -> tool instanceof Tool.Function function
                        ? function.name() + " " + function.description() + " "
                                + (function.parameters() == null
                                        ? 0
                                        : function.parameters().size())
                        : tool.name())
                .toList();
    }
}
