package dev.llmgateway.ir;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a complete answer into the events that would have streamed it. {@link ResponseFolder} is its inverse: folding what
 * was unfolded gives an equal answer. For one answer and one thread.
 */
public final class ResponseUnfolder {

    private final List<ChatEvent> events = new ArrayList<>();
    private final @Nullable WireForm form;

    private ResponseUnfolder(@Nullable WireForm form) {
        this.form = form;
    }

    /** The events of {@code response}; they remember its body, if it remembers it. */
    public static List<ChatEvent> unfold(ChatResponse response) {
        WireForm body = response.wire().form();
        int size =
                body == null ? 0 : new ResponseUnfolder(null).response(response).size();
        WireForm form = body == null ? null : body.unfolded(size);
        return new ResponseUnfolder(form).response(response);
    }

    private List<ChatEvent> response(ChatResponse response) {
        events.add(new ChatEvent.Started(
                response.id(), response.model(), response.created(), null, response.origin(), wire()));
        for (Choice choice : response.choices()) {
            for (int part = 0; part < choice.content().size(); part++) {
                part(choice.index(), part, choice.content().get(part));
            }
            events.add(new ChatEvent.Finished(
                    choice.index(), choice.stopReason(), choice.stopSequence(), choice.extras(), wire()));
        }
        if (response.usage() != null) {
            events.add(new ChatEvent.UsageReported(response.usage(), wire()));
        }
        return events;
    }

    private void part(int choice, int part, Content content) {
        switch (content) {
            case Content.Text text -> {
                start(choice, part, new Content.Text("", text.extras()));
                if (!text.text().isEmpty()) {
                    events.add(new ChatEvent.TextDelta(choice, part, text.text(), wire()));
                }
            }
            case Content.Refusal refusal -> {
                start(choice, part, new Content.Refusal("", refusal.extras()));
                if (!refusal.text().isEmpty()) {
                    events.add(new ChatEvent.RefusalDelta(choice, part, refusal.text(), wire()));
                }
            }
            case Content.Reasoning reasoning -> reasoning(choice, part, reasoning);
            case Content.ToolCall call -> toolCall(choice, part, call);
            case Content.Image whole -> start(choice, part, whole);
            case Content.Document whole -> start(choice, part, whole);
            case Content.Audio whole -> start(choice, part, whole);
            case Content.ToolResult whole -> start(choice, part, whole);
            case Content.Vendor whole -> start(choice, part, whole);
            case Content.Numbers whole -> start(choice, part, whole);
        }
        events.add(new ChatEvent.PartEnded(choice, part, wire()));
    }

    private void reasoning(int choice, int part, Content.Reasoning reasoning) {
        String text = reasoning.text();
        List<String> parts = SummaryParts.of(reasoning);
        Extras extras = parts.size() > 1 ? SummaryParts.unlisted(reasoning.extras()) : reasoning.extras();
        start(choice, part, new Content.Reasoning(text == null ? null : "", null, extras));
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                events.add(SummaryParts.breakIn(choice, part, wire()));
                events.add(new ChatEvent.ReasoningDelta(choice, part, SummaryParts.BLANK_LINE, wire()));
            }
            if (!parts.get(i).isEmpty()) {
                events.add(new ChatEvent.ReasoningDelta(choice, part, parts.get(i), wire()));
            }
        }
        token(choice, part, reasoning.token());
    }

    private void toolCall(int choice, int part, Content.ToolCall call) {
        start(choice, part, new Content.ToolCall(call.id(), call.name(), "", null, call.extras()));
        // Before the arguments: a client's id carries the token, and goes out first.
        token(choice, part, call.token());
        if (!call.arguments().isEmpty()) {
            events.add(new ChatEvent.ArgumentsDelta(choice, part, call.arguments(), wire()));
        }
    }

    private void token(int choice, int part, @Nullable OpaqueToken token) {
        if (token != null) {
            events.add(new ChatEvent.TokenAttached(choice, part, token, wire()));
        }
    }

    private void start(int choice, int part, Content initial) {
        events.add(new ChatEvent.PartStarted(choice, part, initial, wire()));
    }

    private Wire wire() {
        return form == null ? Wire.NONE : Wire.of(form, events.size());
    }
}
