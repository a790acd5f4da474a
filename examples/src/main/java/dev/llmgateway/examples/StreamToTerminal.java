package dev.llmgateway.examples;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;

/** Answers a question word by word. {@code examples/run StreamToTerminal What is a gateway?} */
public final class StreamToTerminal {

    private StreamToTerminal() {}

    public static void main(String[] args) {
        answer(ExampleProvider.open(), args.length == 0 ? "What is a gateway?" : String.join(" ", args));
    }

    static void answer(Provider provider, String question) {
        ChatRequest request = ChatRequest.builder("gpt-5.4-mini").user(question).build();
        try (Gateway gateway = Gateway.builder().provider(provider).build();
                ChatStream stream = gateway.stream(request)) {
            for (ChatEvent event : stream) {
                show(event);
            }
        } catch (GatewayException failed) {
            System.out.println("\nno complete answer: " + failed.getMessage());
        }
    }

    private static void show(ChatEvent event) {
        if (event instanceof ChatEvent.Delta delta) {
            System.out.print(delta.text());
            System.out.flush();
        } else if (event instanceof ChatEvent.Finished finished) {
            System.out.println("\n-- stopped: " + finished.reason());
        } else if (event instanceof ChatEvent.UsageReported report) {
            System.out.println("-- tokens: " + report.usage().totalInput() + " in, "
                    + report.usage().output() + " out");
        }
    }
}
