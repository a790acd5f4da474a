package dev.llmgateway.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.providers.simulated.ChatStyle;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conversations that come to Gemini with calls of tools that another model made. */
final class MovedConversationsTest {

    private final SimulatedProvider sim =
            SimulatedProvider.builder().chatStyle(ChatStyle.GOOGLE).start();
    private final Provider google = Providers.builder(ProviderType.GOOGLE, "google")
            .endpoint(sim.uri().toString())
            .apiKey("key")
            .build();

    @AfterEach
    void close() {
        google.close();
        sim.close();
    }

    @Test
    void goOnInMidTurnWithParallelCalls() {
        Message calls = new Message(
                Role.ASSISTANT,
                List.of(
                        new Content.ToolCall("toolu_1", "get_weather", "{}"),
                        new Content.ToolCall("toolu_2", "get_time", "{}")),
                Extras.NONE);
        Message results = new Message(
                Role.TOOL,
                List.of(new Content.ToolResult("toolu_1", "21 degrees"), new Content.ToolResult("toolu_2", "noon")),
                Extras.NONE);
        ChatRequest request = ChatRequest.builder("gemini-3-pro")
                .user("Weather and time?")
                .message(calls)
                .message(results)
                .build();

        assertThat(google.open(TestCalls.call(request)).collect().text()).contains("21 degrees | noon");
    }

    @Test
    void goOnInABodyThatGoesOutAsItCame() {
        String body = """
                {"model":"gemini-3-pro","messages":[{"role":"user","content":"Weather?"},{"role":"assistant","tool_calls":\
                [{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{}"}}]},\
                {"role":"tool","tool_call_id":"call_1","content":"21 degrees"}]}""";
        ChatRequest request = new OpenAiChatCodec().decodeRequest(body.getBytes(StandardCharsets.UTF_8));

        ChatResponse answer = google.open(TestCalls.call(request)).collect();

        assertThat(answer.text()).contains("21 degrees");
    }
}
