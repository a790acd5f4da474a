package dev.llmgateway.compliance.stage;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ForwardingChatStream;
import dev.llmgateway.api.GatewayException.BlockedByCompliance;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets events keep their memory of the wire only when nothing that may not pass is in it. The bytes that a provider sent go out
 * whole when no event of theirs was changed, with members that no event tells of; where such a member is at fault, its events
 * forget the bytes and are written anew without it. For one reader.
 */
final class CheckedWire extends ForwardingChatStream {

    private final @Nullable Dialect dialect;
    private final UntoldTexts untold;
    private final List<ChatEvent> group = new ArrayList<>();
    private final Deque<ChatEvent> out = new ArrayDeque<>();
    private @Nullable WireForm form;
    private @Nullable RuntimeException failure;
    private boolean ended;

    /**
     * Checks an answer.
     *
     * @param dialect the caller's: bytes of other dialects are never sent; null when it may be any
     */
    CheckedWire(ChatStream delegate, @Nullable Dialect dialect, UntoldTexts untold) {
        super(delegate);
        this.dialect = dialect;
        this.untold = untold;
    }

    @Override
    public @Nullable ChatEvent next() {
        while (out.isEmpty() && failure == null && !ended) {
            pull();
        }
        ChatEvent event = out.poll();
        if (event == null && failure != null) {
            throw failure;
        }
        return event;
    }

    @Override
    public boolean ready() {
        while (out.isEmpty() && failure == null && !ended && super.ready()) {
            pull();
        }
        return !out.isEmpty();
    }

    private void pull() {
        try {
            ChatEvent event = super.next();
            if (event == null) {
                ended = true;
                release();
            } else {
                accept(event);
            }
        } catch (BlockedByCompliance e) {
            // Who answered, and what that cost, is not blocked: it has to be paid.
            group.removeIf(it -> !(it instanceof ChatEvent.Started || it instanceof ChatEvent.UsageReported));
            group.replaceAll(it -> it instanceof ChatEvent.UsageReported report ? counts(report) : withoutWire(it));
            release();
            failure = e;
        } catch (RuntimeException e) {
            release();
            failure = e;
        }
    }

    /** Collects the events of one message; without all of them its bytes are not sent either. */
    private void accept(ChatEvent event) {
        WireForm of = event.wire().form();
        if (of != form) {
            release();
        }
        if (of == null || dialect != null && of.dialect() != dialect || event instanceof ChatEvent.Vendor) {
            out.add(event);
            return;
        }
        if (of.dialect() == Dialect.OPENAI_RESPONSES) {
            untold.hear(event);
        }
        form = of;
        group.add(event);
        if (group.size() == of.size()) {
            if (!untold.mayPass(of, group)) {
                group.replaceAll(CheckedWire::withoutWire);
            }
            release();
        }
    }

    private void release() {
        out.addAll(group);
        group.clear();
        form = null;
    }

    /** The counts alone, in which there is no text. */
    static ChatEvent counts(ChatEvent.UsageReported report) {
        return new ChatEvent.UsageReported(report.usage(), Wire.NONE);
    }

    /** The same event without its memory of the wire; an event that is nothing but that stays as it is. */
    static ChatEvent withoutWire(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Delta it -> it.withText(it.text());
            case ChatEvent.Started it ->
                new ChatEvent.Started(it.id(), it.model(), it.created(), it.usage(), it.origin(), Wire.NONE);
            case ChatEvent.PartStarted it -> new ChatEvent.PartStarted(it.choice(), it.part(), it.initial(), Wire.NONE);
            case ChatEvent.TokenAttached it ->
                new ChatEvent.TokenAttached(it.choice(), it.part(), it.token(), Wire.NONE);
            case ChatEvent.VendorDelta it ->
                new ChatEvent.VendorDelta(it.choice(), it.part(), it.dialect(), it.delta(), Wire.NONE);
            case ChatEvent.PartEnded it -> new ChatEvent.PartEnded(it.choice(), it.part(), Wire.NONE);
            case ChatEvent.Finished it ->
                new ChatEvent.Finished(it.choice(), it.reason(), it.stopSequence(), it.extras(), Wire.NONE);
            case ChatEvent.UsageReported it -> new ChatEvent.UsageReported(it.usage(), it.extras(), Wire.NONE);
            case ChatEvent.Ping ignored -> new ChatEvent.Ping(Wire.NONE);
            case ChatEvent.Vendor it -> it;
        };
    }
}
