package dev.llmgateway.examples;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.ForwardingChatStream;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An application's own concern around every call: house rules go into each request, and the answer comes out in capitals,
 * streamed or not. A listener tells what each call has cost. {@code examples/run OwnInterceptor}
 */
public final class OwnInterceptor {

    private OwnInterceptor() {}

    public static void main(String[] args) {
        ask(ExampleProvider.open());
    }

    static void ask(Provider provider) {
        try (Gateway gateway = Gateway.builder()
                .provider(provider)
                .interceptor(new HouseRules("Be brief."))
                .interceptor((exchange, next) -> new Capitals(next.handle(exchange)))
                .listener(new PrintsUsage())
                .build()) {
            ChatRequest request =
                    ChatRequest.builder("gpt-5.4-mini").user("Say hello!").build();
            System.out.println(gateway.chat(request).text());
        }
    }

    /** Puts instructions before the conversation. */
    record HouseRules(String rules) implements Interceptor {
        @Override
        public ChatStream intercept(Exchange exchange, Handler next) {
            ChatRequest request = exchange.request();
            List<Message> messages = new ArrayList<>(request.messages());
            messages.add(0, Message.system(rules));
            return next.handle(
                    exchange.withRequest(request.toBuilder().messages(messages).build()));
        }
    }

    /** An answer in capitals; events without text pass as they are. */
    static final class Capitals extends ForwardingChatStream {
        Capitals(ChatStream answer) {
            super(answer);
        }

        @Override
        public @Nullable ChatEvent next() {
            ChatEvent event = super.next();
            return event instanceof ChatEvent.TextDelta delta
                    ? delta.withText(delta.text().toUpperCase(Locale.ROOT))
                    : event;
        }
    }

    /** Is told of every call's end, whatever it is. */
    static final class PrintsUsage implements GatewayListener {
        @Override
        public void callEnded(Exchange exchange, Outcome outcome) {
            String end = switch (outcome) {
                case Outcome.Completed completed ->
                    "completed, " + completed.answer().usage();
                case Outcome.Failed failed -> "failed: " + failed.error().getMessage();
                case Outcome.Abandoned abandoned ->
                    "abandoned after " + abandoned.answer().duration();
            };
            System.out.println(exchange.request().model() + " " + end);
        }
    }
}
