package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.AnswerIds;
import dev.llmgateway.ir.codec.CutCharacters;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.FrameMemory;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.ir.sse.SseBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes a client's stream.
 *
 * <p>The format tells every text again at the end of its part, of its item and of the answer. So a provider's own frames go out as
 * they came only as long as no event was changed; from the first change on every frame is written anew, out of what the client
 * has been shown; of the provider's bytes only those are used then that tell how far a tool of the vendor's own has come. Choices
 * after the first cannot be shown.
 */
final class StreamEncoder implements EventEncoder {

    private final ChatRequest request;
    private final FrameMemory memory;
    private final Frames frames = Frames.ofStream();
    private final CutCharacters characters = new CutCharacters(this::write);
    private final Followed followed = new Followed();
    private final ShownAnswer answer;
    private SseBuffer to = new SseBuffer();

    private @Nullable AnswerObject object;
    private @Nullable ModelSplice otherModel;
    private @Nullable String provider;
    private ChatEvent.@Nullable Finished finish;
    private @Nullable Usage usage;
    private boolean isOver;

    StreamEncoder(ChatRequest request) {
        this.request = request;
        this.answer = new ShownAnswer(new ClientCalls(request), frames);
        this.memory = new FrameMemory(OPENAI_RESPONSES, this::unchanged, this::anew);
        frames.silence();
    }

    @Override
    public void encode(ChatEvent event, SseBuffer out) {
        if (!isOver) {
            writeTo(out);
            memory.accept(event);
        }
    }

    @Override
    public void finish(SseBuffer out) {
        if (isOver) {
            return;
        }
        writeTo(out);
        memory.flush();
        characters.flush();
        isOver = true;
        if (object == null || frames.isSilent() && finish != null) {
            return;
        }
        writeAnew();
        StopReason reason = finish == null ? StopReason.OTHER : finish.reason();
        Outcome outcome = Outcome.of(reason, answer.refuses(), extras());
        if (outcome.isCut()) {
            answer.cut();
        }
        answer.finish();
        answer.tellLogprobs(Logprobs.of(extras()));
        end(outcome);
    }

    @Override
    public void fail(WireError error, SseBuffer out) {
        if (isOver) {
            return;
        }
        writeTo(out);
        memory.flush();
        characters.flush();
        isOver = true;
        writeAnew();
        Outcome failed = Outcome.failed(error);
        frames.failed(response -> write(failed, response), error.extras().shownBesideTo(OPENAI_RESPONSES));
    }

    @Override
    public void keepAlive(SseBuffer out) {
        if (!isOver) {
            out.comment("keep-alive");
        }
    }

    private void writeTo(SseBuffer out) {
        to = out;
        frames.writeTo(out);
    }

    private void end(Outcome outcome) {
        frames.response(outcome.event(), out -> write(outcome, out));
    }

    private void write(Outcome outcome, JsonWriter out) {
        AnswerObject known = object == null ? new AnswerObject(request, "", 0, "", null) : object;
        known.write(out, outcome, answer.inOrder(), usage, extras());
    }

    private Extras extras() {
        return finish == null ? Extras.NONE : finish.extras();
    }

    /** All events of one frame of the provider's, as they came. */
    private void unchanged(List<ChatEvent> frame) {
        if (!frames.isSilent()) {
            frame.forEach(this::anew);
            return;
        }
        WireForm form = Objects.requireNonNull(frame.getFirst().wire().form());
        boolean hasResponse = false;
        for (ChatEvent event : frame) {
            follow(event, form);
            hasResponse |= event instanceof ChatEvent.Started
                    || event instanceof ChatEvent.Finished
                    || event instanceof ChatEvent.Vendor;
        }
        followed.frame(form);
        ModelSplice splice = hasResponse ? otherModel : null;
        byte[] bytes = splice == null ? form.bytes() : splice.splice(form.bytes());
        boolean tellsMore = frame.stream().anyMatch(event -> !(event instanceof ChatEvent.Delta));
        to.event(form.eventName(), tellsMore ? Seals.label(bytes, provider) : bytes);
    }

    /** Keeps in mind what the client is shown by a frame that goes out as it came. */
    private void follow(ChatEvent event, WireForm form) {
        if (event instanceof ChatEvent.PartStarted start && start.choice() == 0) {
            ShownPart part = answer.start(start.part(), start.initial());
            if (part != null) {
                followed.started(part, form);
            }
            return;
        }
        boolean isEmptyDelta =
                event instanceof ChatEvent.Delta delta && delta.text().isEmpty();
        if (isEmptyDelta
                || event instanceof ChatEvent.PartEnded
                || event instanceof ChatEvent.VendorDelta
                || event instanceof ChatEvent.Vendor) {
            followed.mayTellMore(form);
        }
        take(event);
    }

    private void anew(ChatEvent event) {
        characters.accept(event);
    }

    private void write(ChatEvent event) {
        boolean tellsNothing = event instanceof ChatEvent.Ping
                || event instanceof ChatEvent.UsageReported
                || event instanceof ChatEvent.Vendor && event.wire().form() != null;
        if (!tellsNothing) {
            writeAnew();
        }
        if (event instanceof ChatEvent.Ping) {
            to.comment("ping");
        }
        if (event instanceof ChatEvent.Vendor vendor && !frames.isSilent()) {
            vendor(vendor.wire().form());
        }
        take(event);
        if (event instanceof ChatEvent.Started) {
            begin();
        }
    }

    /** Whoever may have changed texts has let it pass. */
    private void vendor(@Nullable WireForm form) {
        if (form != null && form.dialect() == OPENAI_RESPONSES) {
            JsonNode frame = Json.parse(form.bytes());
            answer.vendorFrame(provider == null ? frame : Seals.label(frame, provider));
        }
    }

    /** From here on the provider's bytes are not used but to tell how far the vendor's own tools have come. */
    private void writeAnew() {
        if (frames.isSilent()) {
            frames.speak(followed.nextNumber());
            followed.tell(answer);
            answer.catchUp();
        }
    }

    private void begin() {
        AnswerObject known = Objects.requireNonNull(object);
        for (String event : List.of("response.created", "response.in_progress")) {
            frames.response(event, out -> known.write(out, Outcome.IN_PROGRESS, List.of(), null, Extras.NONE));
        }
    }

    private void take(ChatEvent event) {
        switch (event) {
            case ChatEvent.Started start -> started(start);
            case ChatEvent.PartStarted start -> {
                if (start.choice() == 0) {
                    answer.start(start.part(), start.initial());
                }
            }
            case ChatEvent.Delta delta -> {
                if (delta.choice() == 0) {
                    answer.delta(delta.part(), delta.text());
                }
            }
            case ChatEvent.TokenAttached token -> {
                if (token.choice() == 0) {
                    answer.token(token.part(), token.token());
                }
            }
            case ChatEvent.VendorDelta delta -> {
                if (delta.choice() == 0) {
                    answer.cited(delta.part(), delta.dialect(), delta.delta());
                }
            }
            case ChatEvent.PartEnded end -> {
                if (end.choice() == 0) {
                    answer.end(end.part());
                }
            }
            case ChatEvent.Finished end -> finish = end.choice() == 0 ? end : finish;
            case ChatEvent.UsageReported report -> usage = report.usage();
            case ChatEvent.Ping ignored -> {}
            case ChatEvent.Vendor ignored -> {}
        }
    }

    private void started(ChatEvent.Started start) {
        usage = start.usage();
        provider = start.origin() == null ? null : start.origin().provider();
        // What the client has read in the provider's own bytes stays as it is.
        String id = frames.isSilent()
                ? start.id()
                : AnswerIds.prefixed(start.id(), start.created(), request, AnswerObject.ID);
        object = new AnswerObject(request, id, start.created(), start.model(), start.origin());
        String shown = ShownModel.replacement(request, start.origin());
        otherModel = shown == null ? null : new ModelSplice(shown);
    }
}
