package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a stream of the Messages API. Events and deltas of unknown types are passed on as the vendor's own; only {@code
 * message_stop} makes the answer complete.
 */
final class StreamDecoder implements EventDecoder {

    /** What a content block is, as far as its deltas are concerned. */
    private enum Kind {
        TEXT,
        THINKING,
        TOOL,
        /** The call of {@link StructuredAnswer}, given out as text. */
        ANSWER,
        OTHER
    }

    private static final class Block {
        final int part;
        final Kind kind;
        boolean hasArguments;
        /** What the start of a call says that its arguments are: they count when no delta tells them. */
        String initialArguments = "";

        /** As much of it as has come. */
        String signature = "";

        boolean open = true;

        Block(int part, Kind kind) {
            this.part = part;
            this.kind = kind;
        }
    }

    /** The events of one frame, which know the frame and their position in it. */
    private static final class Frame {
        private final @Nullable WireForm form;
        private final Consumer<ChatEvent> out;
        private int position;

        Frame(@Nullable WireForm form, Consumer<ChatEvent> out) {
            this.form = form;
            this.out = out;
        }

        Wire wire() {
            return form == null ? Wire.NONE : Wire.of(form, position++);
        }

        void emit(ChatEvent event) {
            out.accept(event);
        }
    }

    private final BlockDecoder decoder;
    private final Map<Integer, Block> blocks = new LinkedHashMap<>();
    private final UsageFields usage = new UsageFields();
    private final StrangeMembers strange = new StrangeMembers();
    /** The members that the message began with; they are told with its end. */
    private Map<String, JsonNode> ofStart = Map.of();

    private boolean started;
    private boolean calledTool;
    private boolean structured;
    private boolean finished;
    private boolean complete;

    /**
     * Reads a stream.
     *
     * @param provider the configured provider's id, who alone can read again what is sealed
     */
    StreamDecoder(String provider) {
        decoder = BlockDecoder.ofAnswer(provider);
    }

    @Override
    public void decode(SseEvent event, Consumer<ChatEvent> out) {
        if (complete) {
            return;
        }
        Fields data = Fields.of(ResponseDecoder.parse(event.data()), null, Reading.ANSWER);
        String type = type(data, event);
        // Those of a frame whose bytes are not passed on have gone with no form.
        strange.endFrame();
        switch (type) {
            case "message_start" -> start(data, event, out);
            case "content_block_start" -> blockStart(known(data), event, out);
            case "content_block_delta" -> blockDelta(known(data), event, out);
            case "content_block_stop" -> blockStop(known(data), event, out);
            case "message_delta" -> messageDelta(requireStarted(data), event, out);
            case "message_stop" -> {
                known(data);
                finish(event, out);
            }
            case "ping" -> {
                strange.frame(data);
                if (started) {
                    Frame frame = frame(event, 1, out);
                    frame.emit(new ChatEvent.Ping(frame.wire()));
                }
            }
            case "error" -> throw new ProviderStreamException(ErrorCodec.decodeEvent(data.object()));
            case "" -> throw new MalformedAnswerException("it has no type");
            default -> {
                strange.add(type);
                vendor(Extras.NONE, event, out);
            }
        }
    }

    private static String type(Fields data, SseEvent event) {
        String type = data.optionalString("type");
        String name = event.name();
        return type != null ? type : name == null ? "" : name;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        if (!complete) {
            throw new MalformedAnswerException(
                    started ? "the stream ended without message_stop" : "the stream ended before it began");
        }
    }

    private Fields requireStarted(Fields data) {
        if (!started) {
            throw new MalformedAnswerException("the stream does not begin with message_start");
        }
        return data;
    }

    /** A frame of which no event tells more than is known. */
    private Fields known(Fields data) {
        strange.frame(requireStarted(data));
        return data;
    }

    private void vendor(Extras extras, SseEvent event, Consumer<ChatEvent> out) {
        if (started) {
            Frame frame = frame(event, 1, out);
            frame.emit(new ChatEvent.Vendor(extras, frame.wire()));
        }
    }

    private void start(Fields data, SseEvent event, Consumer<ChatEvent> out) {
        if (started) {
            throw new MalformedAnswerException("the stream begins twice");
        }
        started = true;
        strange.frame(data);
        Fields message = data.fields("message");
        usage.merge(message.optionalFields("usage"));
        ofStart = message.others(ResponseDecoder.KNOWN);
        String id = message.optionalString("id");
        String model = message.optionalString("model");
        Frame frame = frame(event, 1, out);
        frame.emit(new ChatEvent.Started(
                id == null ? "" : id, model == null ? "" : model, 0, usage.toUsage(), null, frame.wire()));
    }

    private void blockStart(Fields data, SseEvent event, Consumer<ChatEvent> out) {
        int index = index(data);
        Content content = decoder.block(data.fields("content_block").object(), data.at("content_block"));
        Block block = new Block(blocks.size(), kind(content));
        if (blocks.put(index, block) != null) {
            throw data.error("index", "starts twice");
        }
        boolean keepsBytes = index == block.part && block.kind != Kind.ANSWER;
        switch (content) {
            case Content.Text text -> {
                Frame frame = frame(keepsBytes ? event : null, text.text().isEmpty() ? 1 : 2, out);
                begin(frame, block, new Content.Text("", text.extras()));
                text(frame, block, text.text());
            }
            case Content.Reasoning reasoning -> thinkingStart(keepsBytes ? event : null, block, reasoning, out);
            case Content.ToolCall call -> toolStart(keepsBytes ? event : null, block, call, out);
            default -> begin(frame(keepsBytes ? event : null, 1, out), block, content);
        }
    }

    private static Kind kind(Content content) {
        if (content instanceof Content.ToolCall call) {
            return call.name().equals(StructuredAnswer.TOOL_NAME) ? Kind.ANSWER : Kind.TOOL;
        }
        if (content instanceof Content.Text) {
            return Kind.TEXT;
        }
        return content instanceof Content.Reasoning ? Kind.THINKING : Kind.OTHER;
    }

    private static void begin(Frame frame, Block block, Content initial) {
        frame.emit(new ChatEvent.PartStarted(0, block.part, initial, frame.wire()));
    }

    private static void text(Frame frame, Block block, String text) {
        if (!text.isEmpty()) {
            frame.emit(new ChatEvent.TextDelta(0, block.part, text, frame.wire()));
        }
    }

    private void thinkingStart(
            @Nullable SseEvent event, Block block, Content.Reasoning reasoning, Consumer<ChatEvent> out) {
        String text = reasoning.text();
        OpaqueToken token = reasoning.token();
        boolean hasText = text != null && !text.isEmpty();
        Frame frame = frame(event, 1 + (hasText ? 1 : 0) + (token == null ? 0 : 1), out);
        begin(frame, block, new Content.Reasoning(text == null ? null : "", null, reasoning.extras()));
        if (text != null && hasText) {
            frame.emit(new ChatEvent.ReasoningDelta(0, block.part, text, frame.wire()));
        }
        if (token != null) {
            block.signature = token.value();
            frame.emit(new ChatEvent.TokenAttached(0, block.part, token, frame.wire()));
        }
    }

    private void toolStart(@Nullable SseEvent event, Block block, Content.ToolCall call, Consumer<ChatEvent> out) {
        block.initialArguments = call.arguments().equals("{}") ? "" : call.arguments();
        // Its bytes would show what only later events tell, which someone between may change.
        Frame frame = frame(block.initialArguments.isEmpty() ? event : null, 1, out);
        if (block.kind == Kind.ANSWER) {
            structured = true;
            begin(frame, block, new Content.Text(""));
            return;
        }
        calledTool = true;
        begin(frame, block, new Content.ToolCall(call.id(), call.name(), "", null, call.extras()));
    }

    private void blockDelta(Fields data, SseEvent event, Consumer<ChatEvent> out) {
        Block block = block(data);
        Fields delta = data.fields("delta");
        strange.delta(delta);
        String type = delta.optionalString("type");
        boolean keepsBytes = index(data) == block.part && block.kind != Kind.ANSWER;
        Frame frame = frame(keepsBytes ? event : null, 1, out);
        Wire wire = frame.wire();
        int part = block.part;
        frame.emit(
                switch (type == null ? "" : type) {
                    case "text_delta" ->
                        block.kind == Kind.TEXT
                                ? new ChatEvent.TextDelta(0, part, delta.string("text"), wire)
                                : vendorDelta(part, delta, wire);
                    case "thinking_delta" ->
                        block.kind == Kind.THINKING
                                ? new ChatEvent.ReasoningDelta(0, part, delta.string("thinking"), wire)
                                : vendorDelta(part, delta, wire);
                    case "signature_delta" -> signature(block, delta, wire);
                    case "input_json_delta" -> arguments(block, delta, wire);
                    default -> vendorDelta(part, delta, wire);
                });
    }

    private static ChatEvent vendorDelta(int part, Fields delta, Wire wire) {
        return new ChatEvent.VendorDelta(0, part, Dialect.ANTHROPIC_MESSAGES, delta.object(), wire);
    }

    private ChatEvent signature(Block block, Fields delta, Wire wire) {
        String signature = delta.string("signature");
        if (block.kind != Kind.THINKING) {
            return vendorDelta(block.part, delta, wire);
        }
        if (signature.isEmpty()) {
            return new ChatEvent.ReasoningDelta(0, block.part, "", wire);
        }
        block.signature += signature;
        return new ChatEvent.TokenAttached(0, block.part, decoder.signature(block.signature), wire);
    }

    private static ChatEvent arguments(Block block, Fields delta, Wire wire) {
        String fragment = delta.string("partial_json");
        block.hasArguments = block.hasArguments || !fragment.isEmpty();
        return switch (block.kind) {
            case TOOL -> new ChatEvent.ArgumentsDelta(0, block.part, fragment, wire);
            case ANSWER -> new ChatEvent.TextDelta(0, block.part, fragment, wire);
            case TEXT, THINKING, OTHER -> vendorDelta(block.part, delta, wire);
        };
    }

    private void blockStop(Fields data, SseEvent event, Consumer<ChatEvent> out) {
        Block block = block(data);
        if (!block.open) {
            throw data.error("index", "ends twice");
        }
        boolean keepsBytes = index(data) == block.part && block.kind != Kind.ANSWER;
        end(block, keepsBytes ? event : null, out);
    }

    private void end(Block block, @Nullable SseEvent event, Consumer<ChatEvent> out) {
        block.open = false;
        String arguments = unsaid(block);
        boolean isOfStart = !arguments.isEmpty() && !block.initialArguments.isEmpty();
        Frame frame = frame(isOfStart ? null : event, arguments.isEmpty() ? 1 : 2, out);
        if (!arguments.isEmpty()) {
            frame.emit(
                    block.kind == Kind.ANSWER
                            ? new ChatEvent.TextDelta(0, block.part, arguments, frame.wire())
                            : new ChatEvent.ArgumentsDelta(0, block.part, arguments, frame.wire()));
        }
        frame.emit(new ChatEvent.PartEnded(0, block.part, frame.wire()));
    }

    /** The arguments that no delta has told: those of the start, or of a call the {@code {}} that a unary answer shows. */
    private static String unsaid(Block block) {
        boolean isBare = block.initialArguments.isEmpty() && block.kind == Kind.TOOL;
        return block.hasArguments ? "" : isBare ? "{}" : block.initialArguments;
    }

    private void messageDelta(Fields data, SseEvent event, Consumer<ChatEvent> out) {
        Fields delta = data.optionalFields("delta");
        AnswerEnd.doubles(delta, data).forEach(strange::add);
        String word = delta == null ? null : delta.optionalString("stop_reason");
        Fields reported = data.optionalFields("usage");
        usage.merge(reported);
        Usage soFar = reported == null ? null : usage.toUsage();
        boolean finishes = word != null && !finished;
        Extras ofDelta = finishes ? Extras.NONE : AnswerEnd.ofUpdate(delta, data, reported);
        if (!finishes && soFar == null) {
            ofDelta.of(Dialect.ANTHROPIC_MESSAGES).keySet().forEach(strange::add);
            vendor(ofDelta, event, out);
            return;
        }
        StopReason reason = stopReason(word);
        boolean corrected = word != null && reason != StopReasons.decode(word, false);
        closeBlocks(finishes, out);
        Frame frame = frame(corrected ? null : event, finishes && soFar != null ? 2 : 1, out);
        if (finishes && delta != null) {
            finished = true;
            frame.emit(new ChatEvent.Finished(
                    0,
                    reason,
                    delta.optionalString("stop_sequence"),
                    finishExtras(AnswerEnd.others(delta, data), word),
                    frame.wire()));
        }
        if (soFar != null) {
            frame.emit(new ChatEvent.UsageReported(soFar, ofDelta, frame.wire()));
        }
    }

    private Extras finishExtras(Map<String, JsonNode> ofEnd, @Nullable String word) {
        Map<String, JsonNode> members = new LinkedHashMap<>(ofStart);
        members.putAll(ofEnd);
        return strange.mark(AnswerEnd.extras(members, word, usage));
    }

    private StopReason stopReason(@Nullable String word) {
        StopReason reason = StopReasons.decode(word, calledTool);
        return structured && !calledTool && reason == StopReason.TOOL_USE ? StopReason.END_TURN : reason;
    }

    private void closeBlocks(boolean finishes, Consumer<ChatEvent> out) {
        if (finishes) {
            blocks.values().stream().filter(block -> block.open).forEach(block -> end(block, null, out));
        }
    }

    private void finish(SseEvent event, Consumer<ChatEvent> out) {
        complete = true;
        if (!finished) {
            closeBlocks(true, out);
            Extras extras = finishExtras(Map.of(), null);
            out.accept(new ChatEvent.Finished(0, stopReason(null), null, extras, Wire.NONE));
        } else if (strange.areLeft()) {
            vendor(strange.mark(Extras.NONE), new SseEvent(Frames.LAST, event.data()), out);
        }
    }

    private static int index(Fields data) {
        Integer index = data.optionalInt("index", 0);
        if (index == null) {
            throw data.error("index", "is missing");
        }
        return index;
    }

    private Block block(Fields data) {
        Block block = blocks.get(index(data));
        if (block == null) {
            throw data.error("index", "names a content block that has not started");
        }
        return block;
    }

    /** A frame of {@code size} events that remembers {@code event}, if that is not null. */
    private Frame frame(@Nullable SseEvent event, int size, Consumer<ChatEvent> out) {
        WireForm form = event == null
                ? null
                : WireForm.event(Dialect.ANTHROPIC_MESSAGES, event.name(), event.data(), size, strange.endFrame());
        return new Frame(form, out);
    }
}
