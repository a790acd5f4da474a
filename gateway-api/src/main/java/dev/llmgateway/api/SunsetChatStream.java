package dev.llmgateway.api;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Origin;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A stream whose origin tells from which day on the model asked for is not used. */
final class SunsetChatStream extends ForwardingChatStream {

    private final LocalDate sunset;

    SunsetChatStream(ChatStream delegate, LocalDate sunset) {
        super(delegate);
        this.sunset = sunset;
    }

    @Override
    public @Nullable ChatEvent next() {
        ChatEvent event = super.next();
        return event instanceof ChatEvent.Started start ? warn(start) : event;
    }

    private ChatEvent warn(ChatEvent.Started start) {
        Origin origin = start.origin();
        return origin == null ? start : start.answeredBy(origin.withSunset(sunset), start.created());
    }
}
