package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.CutCharacters;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.FrameMemory;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.codec.UsageOfStreams;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes a client's stream of chunks. A provider's own chunks go out in their bytes as long as nothing in them was changed and
 * they have no call that the client reads in another form; everything else is written from the canonical events.
 */
final class ChatEventEncoder implements EventEncoder {

    private final ChatRequest request;
    private final boolean showsUsage;
    private final CallStyle style;
    private final FrameMemory memory;
    private final ShownCalls calls;
    private final Thoughts thoughts = new Thoughts();
    private final CutCharacters characters = new CutCharacters(this::write);
    private final Set<Integer> refused = new HashSet<>();
    private final Set<Integer> introduced = new HashSet<>();
    private final Map<Integer, Citations> citations = new HashMap<>();
    private ChunkWriter chunks;
    private @Nullable ModelSplice otherModel;
    private @Nullable Usage usage;
    /** Of the usage: told with it, or of a whole answer with its end. */
    private Extras ofUsage = Extras.NONE;

    private Extras ofEnd = Extras.NONE;
    private boolean usageShown;
    private @Nullable SseBuffer sink;

    ChatEventEncoder(ChatRequest request) {
        this.request = request;
        this.showsUsage = UsageOfStreams.isWanted(request);
        this.style = CallStyle.of(request);
        this.calls = new ShownCalls(style);
        this.memory = new FrameMemory(OPENAI_CHAT, this::unchanged, this::anew);
        this.chunks = new ChunkWriter("", 0, request.model(), style.isLegacy());
    }

    @Override
    public void encode(ChatEvent event, SseBuffer out) {
        sink = out;
        if (style.isLegacy()) {
            anew(event);
        } else {
            memory.accept(event);
        }
    }

    @Override
    public void finish(SseBuffer out) {
        sink = out;
        memory.flush();
        characters.flush();
        calls.releaseAll(this::begin);
        if (showsUsage && !usageShown && usage != null) {
            out.event(null, chunks.usage(usage, ofEnd.and(ofUsage)));
        }
        out.data("[DONE]");
    }

    @Override
    public void fail(WireError error, SseBuffer out) {
        sink = out;
        memory.flush();
        characters.flush();
        out.event(null, ErrorEncoder.encode(error));
        out.data("[DONE]");
    }

    @Override
    public void keepAlive(SseBuffer out) {
        out.comment("keep-alive");
    }

    private void unchanged(List<ChatEvent> frame) {
        if (calls.areToldAnew(frame)) {
            frame.forEach(this::anew);
            return;
        }
        WireForm form = Objects.requireNonNull(frame.getFirst().wire().form());
        frame.forEach(event -> note(event, form));
        boolean onlyUsage = frame.size() == 1 && frame.getFirst() instanceof ChatEvent.UsageReported;
        if (onlyUsage && !showsUsage) {
            return;
        }
        // What stands beside something else (Groq's x_groq) is seen by nobody who looks where OpenAI puts it.
        usageShown |= onlyUsage;
        byte[] bytes = otherModel == null ? form.bytes() : otherModel.splice(form.bytes());
        out().event(form.eventName(), bytes);
    }

    /** Remembers what a later event, written anew, must know of a chunk that goes out as it came. */
    private void note(ChatEvent event, WireForm form) {
        switch (event) {
            case ChatEvent.Started start -> {
                start(start);
                if (request.choiceCount() < 2) {
                    introduced.add(0);
                }
                introducedBy(form);
            }
            case ChatEvent.PartStarted start -> {
                introduced.add(start.choice());
                calls.startedInBytes(start, form, this::begin);
                if (start.initial() instanceof Content.Text) {
                    // What it began with has been told by the bytes.
                    citations(start.choice()).started(start.part(), Extras.NONE);
                }
            }
            case ChatEvent.TextDelta delta ->
                citations(delta.choice()).grow(delta.text().length());
            case ChatEvent.ReasoningDelta delta -> thoughts.before(delta);
            case ChatEvent.Delta delta -> delta(delta);
            case ChatEvent.UsageReported report -> report(report);
            case ChatEvent.PartEnded end -> {
                cite(end.choice(), citations(end.choice()).ended(end.part()));
                if (calls.isAnew(end.choice(), end.part())) {
                    partEnded(end);
                }
            }
            case ChatEvent.TokenAttached ignored -> {}
            case ChatEvent.VendorDelta ignored -> {}
            case ChatEvent.Finished ignored -> {}
            case ChatEvent.Ping ignored -> {}
            case ChatEvent.Vendor ignored -> introducedBy(form);
        }
    }

    /** Of several choices each begins with a chunk of its own that tells no more than the role. */
    private void introducedBy(WireForm form) {
        if (request.choiceCount() < 2) {
            return;
        }
        for (JsonNode choice : Json.parse(form.bytes()).path("choices").values()) {
            if (choice.path("delta").hasNonNull("role")) {
                introduced.add(choice.path("index").asInt(0));
            }
        }
    }

    private void start(ChatEvent.Started start) {
        usage = start.usage();
        String model = ShownModel.name(request, start.origin(), start.model());
        chunks = new ChunkWriter(start.id(), start.created(), model, style.isLegacy());
        String replacement = ShownModel.replacement(request, start.origin());
        otherModel = replacement == null ? null : new ModelSplice(replacement);
    }

    private void report(ChatEvent.UsageReported report) {
        usage = report.usage();
        ofUsage = report.extras();
    }

    private void delta(ChatEvent.Delta delta) {
        if (delta instanceof ChatEvent.RefusalDelta) {
            refused.add(delta.choice());
        } else if (delta instanceof ChatEvent.ArgumentsDelta && !delta.text().isEmpty()) {
            calls.hasArguments(delta.choice(), delta.part());
        }
    }

    private void anew(ChatEvent event) {
        characters.accept(event);
    }

    private void write(ChatEvent event) {
        switch (event) {
            case ChatEvent.Started start -> {
                start(start);
                introduce(0);
            }
            case ChatEvent.PartStarted start -> {
                calls.started(start, this::begin);
                if (start.initial() instanceof Content.Text text) {
                    citations(start.choice()).started(start.part(), text.extras());
                }
            }
            case ChatEvent.TextDelta delta -> {
                citations(delta.choice()).grow(delta.text().length());
                text("content", delta);
            }
            case ChatEvent.ReasoningDelta delta -> {
                thoughts.add(delta);
                String before = thoughts.before(delta);
                text("reasoning_content", before.isEmpty() ? delta : delta.withText(before + delta.text()));
            }
            case ChatEvent.RefusalDelta delta -> text("refusal", delta);
            case ChatEvent.ArgumentsDelta delta -> arguments(delta);
            case ChatEvent.TokenAttached token -> token(token);
            case ChatEvent.PartEnded end -> {
                cite(end.choice(), citations(end.choice()).ended(end.part()));
                partEnded(end);
            }
            case ChatEvent.Finished finish -> {
                introduce(finish.choice());
                ofEnd = finish.choice() == 0 ? finish.extras() : ofEnd;
                out().event(null, chunks.finished(finish, refused.contains(finish.choice())));
            }
            case ChatEvent.UsageReported report -> report(report);
            case ChatEvent.Ping ignored -> out().comment("ping");
            case ChatEvent.VendorDelta delta ->
                cite(delta.choice(), citations(delta.choice()).add(delta));
            case ChatEvent.Vendor ignored -> {}
        }
    }

    private void text(String member, ChatEvent.Delta delta) {
        if (!delta.text().isEmpty()) {
            delta(delta);
            introduce(delta.choice());
            out().event(null, chunks.text(delta.choice(), member, delta.text()));
        }
    }

    private Citations citations(int choice) {
        return citations.computeIfAbsent(choice, it -> new Citations());
    }

    private void cite(int choice, List<JsonNode> sources) {
        if (!sources.isEmpty()) {
            introduce(choice);
            out().event(null, chunks.annotations(choice, sources));
        }
    }

    /** A call's token waits for its id; a reasoning's comes when the reasoning is complete. */
    private void token(ChatEvent.TokenAttached attached) {
        calls.token(attached);
        if (ReasoningDetails.isKept(attached.token())) {
            introduce(attached.choice());
            out().event(null, chunks.detail(attached, thoughts.take(attached), thoughts.nextIndex(attached.choice())));
        }
    }

    private void arguments(ChatEvent.ArgumentsDelta delta) {
        ShownCalls.Call call = calls.release(delta.choice(), delta.part(), this::begin);
        if (call != null && !delta.text().isEmpty()) {
            delta(delta);
            if (!call.keep(delta.text())) {
                out().event(null, chunks.arguments(delta.choice(), call, delta.text()));
            }
        }
    }

    /** A call without arguments is one with an empty object: an empty string is no JSON. */
    private void partEnded(ChatEvent.PartEnded end) {
        ShownCalls.Call call = calls.release(end.choice(), end.part(), this::begin);
        if (call == null) {
            return;
        }
        String rest = call.lacksArguments() ? "{}" : call.unwrapped();
        if (!rest.isEmpty()) {
            calls.hasArguments(end.choice(), end.part());
            out().event(null, chunks.arguments(end.choice(), call, rest));
        }
    }

    private void begin(int choice, ShownCalls.Call call, Content.ToolCall initial) {
        introduce(choice);
        out().event(null, chunks.callStarted(choice, call, initial));
    }

    private void introduce(int choice) {
        if (introduced.add(choice)) {
            out().event(null, chunks.role(choice));
        }
    }

    private SseBuffer out() {
        return Objects.requireNonNull(sink);
    }
}
