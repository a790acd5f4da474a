package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.AnswerIds;
import dev.llmgateway.ir.codec.CitedTexts;
import dev.llmgateway.ir.codec.CutCharacters;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.FrameMemory;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.codec.UrlCitation;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.tokens.UsageEstimate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a stream for an Anthropic client.
 *
 * <p>The format shows one content block at a time. Of parts that arrive interleaved, one is shown as it comes and the
 * others wait until it ends. The stop reason waits for the usage, which some providers report last, and the stop of a text waits
 * for what comes next, because some name its sources behind its end. Frames of Anthropic's own whose events arrive unchanged go
 * out as the bytes they came in. Choices after the first cannot be shown.
 */
final class StreamEncoder implements EventEncoder, CitedTexts.Reader {

    private final ChatRequest request;
    private final FrameMemory memory;
    private final ClientCalls clientCalls;
    private final CutCharacters whole = new CutCharacters(this::encodeWhole);
    private final CitedTexts cited = new CitedTexts(true, this);
    private SseBuffer to = new SseBuffer();

    private boolean started;
    private boolean over;
    private @Nullable OpenBlock open;
    private final Map<Integer, List<ChatEvent>> waiting = new LinkedHashMap<>();
    private boolean showingWaiting;
    private int nextIndex;
    private long characters;
    private boolean calls;
    private boolean refuses;

    private ChatEvent.@Nullable Finished finish;
    private boolean finishSent;
    private boolean stopSent;
    private @Nullable Usage usage;
    private Extras ofUsage = Extras.NONE;

    StreamEncoder(ChatRequest request) {
        this.request = request;
        this.clientCalls = new ClientCalls(request);
        this.memory = new FrameMemory(Dialect.ANTHROPIC_MESSAGES, this::unchanged, this::encodeAnew);
    }

    @Override
    public void encode(ChatEvent event, SseBuffer out) {
        if (!over) {
            to = out;
            memory.accept(event);
        }
    }

    @Override
    public void finish(SseBuffer out) {
        if (over) {
            return;
        }
        to = out;
        memory.flush();
        whole.flush();
        over = true;
        if (!started) {
            return;
        }
        tellEnd();
        if (!stopSent) {
            Frames.messageStop(to);
        }
    }

    private void tellEnd() {
        while (open != null) {
            endOpen();
        }
        if (!finishSent) {
            finishSent = true;
            String reason = Frames.stopReason(finish == null ? null : finish.reason(), refuses, calls);
            Extras extras = (finish == null ? Extras.NONE : finish.extras()).and(ofUsage);
            String stopSequence = finish == null ? null : finish.stopSequence();
            Usage told = usage == null ? UsageEstimate.usage(request, characters) : usage;
            Frames.messageDelta(to, reason, stopSequence, told, extras);
        }
    }

    @Override
    public void fail(WireError error, SseBuffer out) {
        if (!over) {
            over = true;
            out.event("error", ErrorCodec.encode(error, null));
        }
    }

    @Override
    public void keepAlive(SseBuffer out) {
        if (!over) {
            Frames.ping(out);
        }
    }

    private void encodeAnew(ChatEvent event) {
        whole.accept(event);
    }

    private void encodeWhole(ChatEvent event) {
        boolean isText = event instanceof ChatEvent.TextDelta;
        if (!isText) {
            cited.accept(event);
        }
        show(event);
        if (isText) {
            cited.accept(event);
        }
    }

    @Override
    public void told(int part, UrlCitation citation) {
        ObjectNode delta = Json.mapper().createObjectNode().put("type", "citations_delta");
        delta.set("citation", citation.toJson(Dialect.ANTHROPIC_MESSAGES));
        ofPart(0, part, new ChatEvent.VendorDelta(0, part, Dialect.ANTHROPIC_MESSAGES, delta, Wire.NONE));
    }

    @Override
    public void lost(UrlCitation citation) {}

    private void show(ChatEvent event) {
        stopBefore(event);
        switch (event) {
            case ChatEvent.Started start -> start(start);
            case ChatEvent.PartStarted start -> {
                if (start.choice() == 0) {
                    partStarted(start);
                }
            }
            case ChatEvent.Delta delta -> ofPart(delta.choice(), delta.part(), delta);
            case ChatEvent.TokenAttached token -> ofPart(token.choice(), token.part(), token);
            case ChatEvent.VendorDelta delta -> ofPart(delta.choice(), delta.part(), delta);
            case ChatEvent.PartEnded end -> ofPart(end.choice(), end.part(), end);
            case ChatEvent.Finished end -> finish = end.choice() == 0 ? end : finish;
            case ChatEvent.UsageReported report -> {
                usage = report.usage();
                ofUsage = ofUsage.and(report.extras());
                // What was sent before is told once more with it.
                finishSent = false;
            }
            case ChatEvent.Ping ignored -> Frames.ping(to);
            case ChatEvent.Vendor ignored -> {}
        }
    }

    private void start(ChatEvent.Started start) {
        started = true;
        usage = start.usage();
        Frames.messageStart(
                to,
                start,
                AnswerIds.unique(start.id(), start.created(), request, "msg_"),
                ShownModel.name(request, start.origin(), start.model()),
                usage == null ? UsageEstimate.usage(request, 1) : usage);
    }

    private void partStarted(ChatEvent.PartStarted start) {
        if (open == null) {
            begin(start);
        } else {
            waiting.computeIfAbsent(start.part(), part -> new ArrayList<>()).add(start);
        }
    }

    private void begin(ChatEvent.PartStarted start) {
        OpenBlock block = new OpenBlock(start, clientCalls);
        open = block;
        calls = calls || block.isToolCall();
        refuses = refuses || block.isRefusal();
        block.begin(nextIndex, to);
        count(block, false);
    }

    private void ofPart(int choice, int part, ChatEvent event) {
        if (choice != 0) {
            return;
        }
        if (open != null && open.part() == part) {
            writeToOpen(open, event);
        } else if (waiting.containsKey(part)) {
            List<ChatEvent> events = waiting.get(part);
            boolean isLate = events.getLast() instanceof ChatEvent.PartEnded;
            events.add(isLate ? events.size() - 1 : events.size(), event);
        }
    }

    private void writeToOpen(OpenBlock block, ChatEvent event) {
        if (event instanceof ChatEvent.PartEnded) {
            block.ended();
            if (!block.isText() || !waiting.isEmpty()) {
                endOpen();
            }
            return;
        }
        if (event instanceof ChatEvent.Delta delta) {
            characters += delta.text().length();
        }
        boolean before = block.isWritten();
        block.write(event, nextIndex, to);
        count(block, before);
    }

    private void count(OpenBlock block, boolean before) {
        if (block.isWritten() && !before) {
            nextIndex++;
        }
    }

    /** Stops a text that has ended, unless this may still be about it. */
    private void stopBefore(ChatEvent next) {
        boolean mayBeAboutIt = next instanceof ChatEvent.VendorDelta
                || next instanceof ChatEvent.Ping
                || next instanceof ChatEvent.Vendor
                || next instanceof ChatEvent.UsageReported;
        if (open != null && open.isEnded() && !mayBeAboutIt) {
            endOpen();
        }
    }

    /** Ends the open block and shows those that waited for it, up to the first that is not complete yet. */
    private void endOpen() {
        OpenBlock block = open;
        if (block == null) {
            return;
        }
        boolean before = block.isWritten();
        block.end(nextIndex, to);
        count(block, before);
        open = null;
        showWaiting();
    }

    private void showWaiting() {
        if (showingWaiting) {
            return;
        }
        showingWaiting = true;
        while (open == null && !waiting.isEmpty()) {
            Iterator<List<ChatEvent>> first = waiting.values().iterator();
            List<ChatEvent> events = first.next();
            first.remove();
            events.forEach(this::show);
        }
        showingWaiting = false;
    }

    /** All events of one of Anthropic's own frames, as they came. */
    private void unchanged(List<ChatEvent> frame) {
        ChatEvent first = frame.getFirst();
        WireForm form = first.wire().form();
        stopBefore(first);
        if (form == null || !fits(first)) {
            frame.forEach(this::encodeAnew);
            return;
        }
        if (first instanceof ChatEvent.Vendor vendor && isLast(vendor)) {
            tellEnd();
        }
        frame.forEach(this::follow);
        String shown =
                first instanceof ChatEvent.Started start ? ShownModel.replacement(request, start.origin()) : null;
        if (shown != null) {
            Frames.messageStart(to, Json.parse(form.bytes()), shown);
        } else {
            byte[] bytes = frame.getLast() instanceof ChatEvent.TokenAttached sealed && open != null
                    ? Seals.labelled(form.bytes(), sealed.token(), open.unsigned(sealed.token()))
                    : form.bytes();
            to.event(form.eventName() == null ? name(first) : form.eventName(), bytes);
        }
    }

    /** Whether a frame that begins with this event may follow what the client has been sent so far. */
    private boolean fits(ChatEvent first) {
        return switch (first) {
            case ChatEvent.Started ignored -> !started;
            case ChatEvent.PartStarted start ->
                open == null
                        && start.choice() == 0
                        && start.part() == nextIndex
                        && clientCalls.keepIds(List.of(start.initial()));
            case ChatEvent.Delta delta -> continues(delta.part());
            case ChatEvent.TokenAttached token -> continues(token.part());
            case ChatEvent.VendorDelta delta -> continues(delta.part());
            case ChatEvent.PartEnded end -> isShown(end.part());
            case ChatEvent.Finished ignored -> started && open == null && !refuses;
            case ChatEvent.UsageReported ignored -> started && open == null;
            case ChatEvent.Ping ignored -> started;
            case ChatEvent.Vendor ignored -> started;
        };
    }

    private static boolean isLast(ChatEvent.Vendor vendor) {
        WireForm form = vendor.wire().form();
        return form != null && Frames.LAST.equals(form.eventName());
    }

    private boolean isShown(int part) {
        return open != null && open.part() == part && open.isWritten() && open.index() == part;
    }

    /** Whether a frame tells more of the block that is shown, whose start is written by then. */
    private boolean continues(int part) {
        if (open != null && open.part() == part && part == nextIndex && open.open(nextIndex, to)) {
            nextIndex++;
        }
        return isShown(part);
    }

    /** Keeps the state in step with a frame that goes out as it came. */
    private void follow(ChatEvent event) {
        switch (event) {
            case ChatEvent.Started start -> {
                started = true;
                usage = start.usage();
            }
            case ChatEvent.PartStarted start -> {
                OpenBlock block = new OpenBlock(start, clientCalls);
                block.wasWrittenAs(nextIndex++);
                calls = calls || block.isToolCall();
                open = block;
            }
            case ChatEvent.ArgumentsDelta ignored -> {
                if (open != null) {
                    open.sawArguments();
                }
            }
            case ChatEvent.PartEnded ignored -> open = null;
            case ChatEvent.Finished end -> {
                finish = end;
                finishSent = true;
            }
            case ChatEvent.UsageReported report -> usage = report.usage();
            case ChatEvent.Delta ignored -> {}
            case ChatEvent.TokenAttached ignored -> {}
            case ChatEvent.VendorDelta ignored -> {}
            case ChatEvent.Ping ignored -> {}
            case ChatEvent.Vendor vendor -> stopSent |= isLast(vendor);
        }
    }

    /** The name of a frame that came without one. */
    private static @Nullable String name(ChatEvent first) {
        return switch (first) {
            case ChatEvent.Started ignored -> "message_start";
            case ChatEvent.PartStarted ignored -> "content_block_start";
            case ChatEvent.PartEnded ignored -> "content_block_stop";
            case ChatEvent.Finished ignored -> "message_delta";
            case ChatEvent.UsageReported ignored -> "message_delta";
            case ChatEvent.Ping ignored -> "ping";
            case ChatEvent.Delta ignored -> "content_block_delta";
            case ChatEvent.TokenAttached ignored -> "content_block_delta";
            case ChatEvent.VendorDelta ignored -> "content_block_delta";
            case ChatEvent.Vendor ignored -> null;
        };
    }
}
