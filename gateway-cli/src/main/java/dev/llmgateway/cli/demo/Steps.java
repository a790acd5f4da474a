package dev.llmgateway.cli.demo;

import dev.llmgateway.cli.demo.Expectation.Asked;
import dev.llmgateway.cli.demo.Expectation.Field;
import dev.llmgateway.cli.demo.Expectation.Header;
import java.util.List;

/** The show, in order. */
final class Steps {

    private static final String OPENAI_PATH = "/v1/chat/completions";
    private static final String ANTHROPIC_PATH = "/v1/messages";
    private static final String RESPONSES_PATH = "/v1/responses";
    private static final List<HttpCall.Header> NO_HEADERS = List.of();
    private static final List<HttpCall.Header> ANTHROPIC_VERSION =
            List.of(new HttpCall.Header("anthropic-version", "2023-06-01"));

    private Steps() {}

    static List<Step> all() {
        return List.of(
                openAiFormatToAnthropic(),
                anthropicFormatToOpenAi(),
                stream(),
                toolCall(),
                toolCallOfResponses(),
                failover());
    }

    private static Step openAiFormatToAnthropic() {
        String body = """
                {"model": "claude-sonnet-5-5",
                 "messages": [{"role": "user", "content": "Hello from a client of OpenAI"}]}""";
        return new Step.Complete(
                "A request in OpenAI's format, answered by the Anthropic provider",
                new HttpCall("-i", OPENAI_PATH, NO_HEADERS, body),
                List.of(
                        new Header("x-gateway-provider", Scene.ANTHROPIC),
                        new Field("/object", "chat.completion"),
                        new Field(
                                "/choices/0/message/content",
                                "[simulated anthropic] You said: Hello from a client of OpenAI"),
                        new Field("/usage/total_tokens", "")));
    }

    private static Step anthropicFormatToOpenAi() {
        String body = """
                {"model": "openai/gpt-5.4", "max_tokens": 100,
                 "messages": [{"role": "user", "content": "Hello from a client of Anthropic"}]}""";
        return new Step.Complete(
                "A request in Anthropic's format, answered by the OpenAI provider",
                new HttpCall("-i", ANTHROPIC_PATH, ANTHROPIC_VERSION, body),
                List.of(
                        new Header("x-gateway-provider", Scene.OPENAI),
                        new Field("/type", "message"),
                        new Field("/content/0/text", "[simulated openai] You said: Hello from a client of Anthropic"),
                        new Field("/usage/output_tokens", "")));
    }

    private static Step stream() {
        String body = """
                {"model": "claude-sonnet-5-5", "stream": true,
                 "messages": [{"role": "user", "content": "Every word of this is an event of its own, and goes on to you\
                 as soon as it has come from the provider."}]}""";
        return new Step.Streamed(
                "A stream in OpenAI's format, out of events in Anthropic's",
                new HttpCall("-N", OPENAI_PATH, NO_HEADERS, body),
                List.of(new Header("x-gateway-provider", Scene.ANTHROPIC), new Header("content-type", "event-stream")),
                "/choices/0/delta/content",
                "[DONE]");
    }

    private static Step toolCall() {
        String body = """
                {"model": "openai/gpt-5.4", "max_tokens": 100,
                 "tools": [{"name": "get_weather",
                            "input_schema": {"type": "object", "properties": {"city": {"type": "string"}},
                                             "required": ["city"]}}],
                 "messages": [{"role": "user", "content": "What is the weather in Oslo?"}]}""";
        return new Step.Complete(
                "A tool call: offered in Anthropic's format, called by the OpenAI provider",
                new HttpCall("-i", ANTHROPIC_PATH, ANTHROPIC_VERSION, body),
                List.of(
                        new Header("x-gateway-provider", Scene.OPENAI),
                        new Field("/stop_reason", "tool_use"),
                        new Field("/content/0/name", "get_weather"),
                        new Field("/content/0/input", "Oslo")));
    }

    private static Step toolCallOfResponses() {
        String body = """
                {"model": "claude-sonnet-5-5",
                 "tools": [{"type": "function", "name": "get_weather",
                            "parameters": {"type": "object", "properties": {"city": {"type": "string"}},
                                           "required": ["city"]}}],
                 "input": "What is the weather in Bergen?"}""";
        return new Step.Complete(
                "A tool call: offered in OpenAI's newer format, Responses, called by the Anthropic provider",
                new HttpCall("-i", RESPONSES_PATH, NO_HEADERS, body),
                List.of(
                        new Header("x-gateway-provider", Scene.ANTHROPIC),
                        new Field("/object", "response"),
                        new Field("/output/0/type", "function_call"),
                        new Field("/output/0/name", "get_weather"),
                        new Field("/output/0/arguments", "city")));
    }

    private static Step failover() {
        String body = """
                {"model": "gpt-5.4",
                 "messages": [{"role": "user", "content": "Is anybody there?"}]}""";
        return new Step.Complete(
                "A failover: Azure is asked first and is down, the next provider of the model answers",
                new HttpCall("-i", OPENAI_PATH, NO_HEADERS, body),
                List.of(
                        new Asked(Scene.AZURE),
                        new Header("x-gateway-provider", Scene.OPENAI),
                        new Header("x-gateway-model", "gpt-5.4"),
                        new Field("/choices/0/message/content", "[simulated openai] You said: Is anybody there?")));
    }
}
