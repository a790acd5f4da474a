package dev.llmgateway.examples;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;

/** A gateway inside an application: one complete answer, then one as it comes. {@code examples/run EmbedInTenLines} */
public final class EmbedInTenLines {

    private EmbedInTenLines() {}

    public static void main(String[] args) {
        ask(ExampleProvider.open());
    }

    static void ask(Provider provider) {
        try (Gateway gateway = Gateway.builder().provider(provider).build()) {
            ChatRequest request =
                    ChatRequest.builder("gpt-5.4-mini").user("Say hello!").build();
            System.out.println(gateway.chat(request).text());
            try (ChatStream stream = gateway.stream(request)) {
                for (ChatEvent event : stream) {
                    if (event instanceof ChatEvent.TextDelta delta) {
                        System.out.print(delta.text());
                    }
                }
            }
        }
    }
}
