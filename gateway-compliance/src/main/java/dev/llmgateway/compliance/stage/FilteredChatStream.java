package dev.llmgateway.compliance.stage;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ForwardingChatStream;
import dev.llmgateway.api.GatewayException.BlockedByCompliance;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends every text of an answer through a {@link Treatment}: each part's text through a filter of its own, what arrives whole at
 * once. Events of one part keep their order, those of different parts may overtake each other. What is not changed leaves as it
 * came. When the answer breaks off, what waits is dropped. For one reader.
 */
final class FilteredChatStream extends ForwardingChatStream {

    private static final int MOST_READ_FOR_USAGE = 1_000;

    private final Treatment treatment;
    private final @Nullable UntoldTexts untold;
    private final WholeTexts whole;
    private final UnshownReasoning unshown;
    private final Map<PartKey, FilteredPart> open = new HashMap<>();
    /** Calls of tools that read their input as it is: a patch is no JSON, whatever stands in it. */
    private final Set<PartKey> freeTexts = new HashSet<>(0);

    private final Map<PartKey, VendorInputs> inputs = new HashMap<>();
    private final Set<PartKey> changed = new HashSet<>();
    private final CitedPlaces cited = new CitedPlaces();
    private final EarlyCitations ahead = new EarlyCitations(cited, this::leave);
    /** Parts that began with citations of their texts: they wait from their start on until it is known where those are. */
    private final Map<PartKey, BegunPart> begun = new HashMap<>();

    private final Deque<ChatEvent> out = new ArrayDeque<>();
    private @Nullable RuntimeException failure;
    /** A piece of a text was left out: the numbered messages behind it are written anew, and so numbered anew. */
    private boolean leftOut;

    private boolean ended;

    FilteredChatStream(ChatStream delegate, Treatment treatment) {
        this(delegate, treatment, null);
    }

    /**
     * Treats an answer.
     *
     * @param untold knows what the answer has told before; null when nobody does
     */
    FilteredChatStream(ChatStream delegate, Treatment treatment, @Nullable UntoldTexts untold) {
        super(delegate);
        this.treatment = treatment;
        this.untold = untold;
        this.whole = new WholeTexts(treatment);
        this.unshown = new UnshownReasoning(treatment);
    }

    @Override
    public @Nullable ChatEvent next() {
        while (!mayLeave() && failure == null && !ended) {
            if (!super.ready()) {
                open.values().forEach(FilteredPart::letGo);
            }
            if (!mayLeave()) {
                pull();
            }
        }
        ChatEvent event = unshown.leaving(out.poll());
        if (event == null && failure != null) {
            throw failure;
        }
        return event;
    }

    /** Reads on while that does not wait, for what is read may all have to wait here. */
    @Override
    public boolean ready() {
        while (!mayLeave() && failure == null && !ended && super.ready()) {
            pull();
        }
        if (out.isEmpty() && failure == null && !ended) {
            open.values().forEach(FilteredPart::letGo);
        }
        return mayLeave();
    }

    /** Whether an event is there that nothing holds back. */
    private boolean mayLeave() {
        if (out.size() > UnshownReasoning.MOST_BEHIND && unshown.holds(out.peek())) {
            unshown.refuse();
            leftOut = true;
        }
        return !out.isEmpty() && !unshown.holds(out.peek());
    }

    private void pull() {
        try {
            ChatEvent event = super.next();
            if (event == null) {
                unshown.end();
                finishAll(key -> true);
                ended = true;
            } else {
                accept(event);
            }
        } catch (RuntimeException e) {
            failure = e;
            if (e instanceof BlockedByCompliance) {
                keepUsage();
            }
        }
    }

    /** What has arrived behind a blocked text is not passed on, but the cost that it tells of has arisen all the same. */
    private void keepUsage() {
        try {
            for (int read = 0; read < MOST_READ_FOR_USAGE && super.ready(); read++) {
                if (super.next() instanceof ChatEvent.UsageReported usage) {
                    out.add(usage.extras().isEmpty() ? usage : CheckedWire.counts(usage));
                }
            }
        } catch (RuntimeException later) {
            Objects.requireNonNull(failure).addSuppressed(later);
        }
    }

    private void accept(ChatEvent received) {
        ChatEvent event = leftOut ? CheckedWire.withoutWire(received) : received;
        switch (event) {
            case ChatEvent.Delta delta -> part(delta).accept(delta);
            case ChatEvent.PartStarted start -> start(started(start));
            case ChatEvent.TokenAttached token -> attach(token);
            case ChatEvent.VendorDelta delta -> vendorDelta(delta);
            case ChatEvent.PartEnded end -> {
                endUnshown();
                finish(new PartKey(end.choice(), end.part()));
                out.add(end);
            }
            case ChatEvent.Finished end -> out.add(finished(end));
            case ChatEvent.Vendor vendor -> vendor(vendor);
            case ChatEvent.Started start -> out.add(start);
            case ChatEvent.UsageReported report -> out.add(usage(report));
            case ChatEvent.Ping ping -> out.add(ping);
        }
    }

    private FilteredPart part(ChatEvent.Delta delta) {
        PartKey key = new PartKey(delta.choice(), delta.part());
        FilteredPart known = open.get(key);
        if (known != null) {
            return known;
        }
        boolean isJson = delta instanceof ChatEvent.ArgumentsDelta && !freeTexts.contains(key);
        FilteredPart part = new FilteredPart(delta, isJson, treatment, event -> leave(key, event));
        open.put(key, part);
        if (delta instanceof ChatEvent.TextDelta) {
            cited.add(key, part.places());
        }
        return part;
    }

    /** What comes before the event in its part is settled. */
    private void leave(PartKey key, ChatEvent event) {
        ChatEvent told = event instanceof ChatEvent.VendorDelta delta ? cited.moved(delta) : event;
        BegunPart waiting = begun.isEmpty() ? null : begun.get(key);
        if (waiting == null) {
            out.add(told);
        } else {
            waiting.events.add(told);
        }
    }

    private void start(ChatEvent.PartStarted start) {
        if (start.initial() instanceof Content.ToolCall call && FreeTextCalls.isMarked(call)) {
            freeTexts.add(new PartKey(start.choice(), start.part()));
        }
        if (treatment.replaces() && CitedPlaces.areIn(start.initial())) {
            begun.put(new PartKey(start.choice(), start.part()), new BegunPart(start, new ArrayList<>()));
        } else {
            out.add(start);
        }
    }

    private void finish(PartKey key) {
        FilteredPart part = open.remove(key);
        if (part != null) {
            part.finish();
            if (part.everChanged()) {
                changed.add(key);
            }
        }
        VendorInputs input = inputs.remove(key);
        if (input != null) {
            List<ChatEvent.VendorDelta> treated = input.treated(place(key.choice(), key.part()) + ".input", treatment);
            if (treatment.replaces()) {
                out.addAll(treated);
            }
        }
        ahead.ended(key);
        BegunPart whole = begun.remove(key);
        if (whole != null) {
            out.add(cited.moved(whole.start));
            out.addAll(whole.events);
        }
    }

    private void finishAll(Predicate<PartKey> wanted) {
        Stream.of(open, inputs, begun)
                .flatMap(parts -> parts.keySet().stream())
                .filter(wanted)
                .distinct()
                .toList()
                .forEach(this::finish);
        ahead.endAll(wanted);
    }

    private ChatEvent.PartStarted started(ChatEvent.PartStarted start) {
        Content initial = whole.content(place(start.choice(), start.part()), start.initial());
        return initial == start.initial()
                ? start
                : new ChatEvent.PartStarted(start.choice(), start.part(), initial, Wire.NONE);
    }

    /** What has come of the part is complete by then. A signature is worth nothing under a text that was changed. */
    private void attach(ChatEvent.TokenAttached token) {
        PartKey key = new PartKey(token.choice(), token.part());
        finish(key);
        if (!changed.contains(key)) {
            out.add(token);
        }
    }

    private void vendorDelta(ChatEvent.VendorDelta delta) {
        if (VendorInputs.isPiece(delta)) {
            inputs.computeIfAbsent(new PartKey(delta.choice(), delta.part()), it -> new VendorInputs())
                    .add(delta);
            if (!treatment.replaces()) {
                out.add(delta);
            }
            return;
        }
        String place = place(delta.choice(), delta.part());
        JsonNode json = whole.json(place, delta.delta());
        inItsPart(
                json == delta.delta()
                        ? delta
                        : new ChatEvent.VendorDelta(delta.choice(), delta.part(), delta.dialect(), json, Wire.NONE));
    }

    private void inItsPart(ChatEvent.VendorDelta delta) {
        PartKey key = new PartKey(delta.choice(), delta.part());
        FilteredPart part = open.get(key);
        if (treatment.replaces() && cited.isAhead(delta)) {
            ahead.add(key, delta);
            tellGap();
        } else if (part == null || !part.keepInPlace(delta)) {
            leave(key, delta);
        }
    }

    /** The event must not overtake deltas that wait: the messages that it and they came in may be numbered. */
    private void inPlace(ChatEvent event) {
        if (open.values().stream().noneMatch(part -> part.keepInPlace(event))) {
            out.add(event);
        }
    }

    /** Token probabilities spell the text out, so they go where the text was changed. */
    private ChatEvent finished(ChatEvent.Finished end) {
        finishAll(key -> key.choice() == end.choice());
        boolean textChanged = changed.stream().anyMatch(it -> it.choice() == end.choice());
        String place = "choices[" + end.choice() + "]";
        Extras extras = whole.extras(place, end.extras());
        if (textChanged) {
            extras = Logprobs.leftOut(extras);
        }
        String stop = end.stopSequence() == null ? null : treatment.whole(place + ".stop_sequence", end.stopSequence());
        return extras.equals(end.extras()) && Objects.equals(stop, end.stopSequence())
                ? end
                : new ChatEvent.Finished(end.choice(), end.reason(), stop, extras, Wire.NONE);
    }

    private ChatEvent usage(ChatEvent.UsageReported report) {
        Extras extras = whole.extras("usage", report.extras());
        return extras == report.extras() ? report : new ChatEvent.UsageReported(report.usage(), extras, Wire.NONE);
    }

    /**
     * What only its own dialect understands cannot be changed here: it passes as it is or not at all. Responses tells texts again in
     * such events, so none of them passes once a text was changed, but how far the vendor's own tools have come. It tells others in
     * pieces, the arguments of such tools, say: a piece alone tells nothing, so all are left out; the whole comes when the item is
     * done.
     */
    private void vendor(ChatEvent.Vendor event) {
        WireForm form = event.wire().form();
        boolean passes = true;
        if (form != null && form.dialect() == Dialect.OPENAI_RESPONSES) {
            boolean isOld = !changed.isEmpty() || open.values().stream().anyMatch(FilteredPart::everChanged);
            JsonNode message = Json.parse(form.bytes());
            if (treatment.replaces() && isPiece(message)) {
                piece(event, message, isOld);
                return;
            }
            unshown.heard(message);
            leftOut |= unshown.hasFound();
            passes = isOld || leftOut ? VendorProgress.isTold(message) && isClean(message) : mayPass(form);
        } else if (form != null) {
            passes = isClean(form);
        }
        if (passes) {
            inPlace(event);
        }
    }

    /** One of reasoning leaves where it stands, when nothing is found in it. */
    private void piece(ChatEvent.Vendor event, JsonNode message, boolean isOld) {
        if (isOld || leftOut || !unshown.take(event, message)) {
            leaveOut();
            return;
        }
        inPlace(event);
        leftOut |= unshown.hasFound();
    }

    private void endUnshown() {
        unshown.end();
        leftOut |= unshown.hasFound();
    }

    private void leaveOut() {
        if (!leftOut) {
            leftOut = true;
            tellGap();
        }
    }

    /** What follows cannot keep its number. */
    private void tellGap() {
        inPlace(new ChatEvent.Vendor(Wire.NONE));
    }

    private static boolean isPiece(JsonNode message) {
        return message.path("type").asString("").endsWith(".delta")
                && !message.path("delta").asString("").isEmpty();
    }

    private boolean mayPass(WireForm form) {
        return untold == null ? isClean(form) : untold.mayPass(form);
    }

    /** What was told of its texts before counts for nothing here: that may be what was changed. */
    private boolean isClean(JsonNode message) {
        JsonNode rest = new Rest(text -> false).of(message);
        String text = rest == null ? "" : Json.writeString(rest);
        return treatment.whole("event", text).equals(text);
    }

    private boolean isClean(WireForm form) {
        String text = new String(form.bytes(), StandardCharsets.UTF_8);
        return treatment.whole("event", text).equals(text);
    }

    private static String place(int choice, int part) {
        return "choices[" + choice + "].parts[" + part + "]";
    }

    private record BegunPart(ChatEvent.PartStarted start, List<ChatEvent> events) {}
}
