package dev.llmgateway.ir;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer. Immutable.
 *
 * @param id the provider's id; may be empty
 * @param model the model as the provider names it; may be empty
 * @param created seconds since the epoch, 0 when the provider does not say
 * @param choices by index, at least one
 * @param usage null when the provider reported none
 * @param origin who answered; null before the gateway filled it in
 * @param wire the body it was decoded from; {@link Wire#NONE} when it was built or changed
 */
public record ChatResponse(
        String id,
        String model,
        long created,
        List<Choice> choices,
        @Nullable Usage usage,
        @Nullable Origin origin,
        Wire wire) {

    public ChatResponse {
        choices = List.copyOf(choices);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("an answer has at least one choice");
        }
        Objects.requireNonNull(wire);
    }

    /** A plain answer of one choice. */
    public ChatResponse(String id, String model, List<Content> content, StopReason stop, @Nullable Usage usage) {
        this(id, model, 0, List.of(new Choice(content, stop)), usage, null, Wire.NONE);
    }

    /** The first choice. */
    public Choice first() {
        return choices.get(0);
    }

    /** All text of the first choice, joined; empty when there is none. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Content part : first().content()) {
            if (part instanceof Content.Text t) {
                text.append(t.text());
            }
        }
        return text.toString();
    }

    /** The tool calls of the first choice, in order. */
    public List<Content.ToolCall> toolCalls() {
        return first().content().stream()
                .filter(Content.ToolCall.class::isInstance)
                .map(Content.ToolCall.class::cast)
                .toList();
    }

    /** The same answer with other choices, and so without the memory of the wire. */
    public ChatResponse withChoices(List<Choice> other) {
        return new ChatResponse(id, model, created, other, usage, origin, Wire.NONE);
    }

    /**
     * The same answer with its origin, and with {@code now} (seconds since the epoch) when the provider told no time.
     * Neither is on the wire, so the memory of it stays.
     */
    public ChatResponse answeredBy(Origin by, long now) {
        return new ChatResponse(id, model, created == 0 ? now : created, choices, usage, by, wire);
    }
}
