package dev.llmgateway.ir;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One step of an answer as it arrives. A well-formed sequence is: {@link Started}; then, per choice, parts one after the
 * other or interleaved, each {@link PartStarted}, its deltas, {@link PartEnded}; then {@link Finished} per choice. Where a stream
 * names a text's sources late, their {@link VendorDelta}s stand between the text's end and {@link Finished}. {@link
 * UsageReported}, {@link Ping} and {@link Vendor} may stand anywhere after the start. The end of the sequence is the end of a
 * complete answer; a broken one ends with an exception instead.
 *
 * <p>All events are immutable. The {@code with} methods drop the wire memory.
 */
public sealed interface ChatEvent {

    /** The memory of the wire, {@link Wire#NONE} when there is none. */
    Wire wire();

    /** A part's next piece of text, of whatever kind. */
    sealed interface Delta extends ChatEvent {
        /** Index of the choice, from 0. */
        int choice();

        /** Index of the part within its choice, from 0, in order of their start. */
        int part();

        /** What is to be appended; may be empty. */
        String text();

        /** The same delta with another text. */
        Delta withText(String text);
    }

    /**
     * The answer begins. Always the first event, and the only one of its kind.
     *
     * @param id the provider's id of the answer; may be empty
     * @param model the model as the provider names it; may be empty
     * @param created seconds since the epoch, 0 when the provider does not say
     * @param usage what is known at the start (Anthropic tells the prompt's size), or null
     * @param origin who answers; null until the gateway fills it in
     */
    record Started(
            String id,
            String model,
            long created,
            @Nullable Usage usage,
            @Nullable Origin origin,
            Wire wire) implements ChatEvent {
        /**
         * The same start with its origin, and with {@code now} (seconds since the epoch) when the provider told no time.
         * Neither is on the wire, so the memory of it stays.
         */
        public Started answeredBy(Origin by, long now) {
            return new Started(id, model, created == 0 ? now : created, usage, by, wire);
        }
    }

    /**
     * A part begins.
     *
     * @param initial the part before any delta: its kind and what is known at once (a tool call's id and name). The text of
     *     texts, reasonings, refusals and arguments always comes in deltas, never here; the other kinds arrive whole
     */
    record PartStarted(int choice, int part, Content initial, Wire wire) implements ChatEvent {}

    /** More of a {@link Content.Text}. */
    record TextDelta(int choice, int part, String text, Wire wire) implements Delta {
        @Override
        public TextDelta withText(String other) {
            return new TextDelta(choice, part, other, Wire.NONE);
        }
    }

    /** More of a {@link Content.Reasoning}'s text. */
    record ReasoningDelta(int choice, int part, String text, Wire wire) implements Delta {
        @Override
        public ReasoningDelta withText(String other) {
            return new ReasoningDelta(choice, part, other, Wire.NONE);
        }
    }

    /** More of a {@link Content.Refusal}. */
    record RefusalDelta(int choice, int part, String text, Wire wire) implements Delta {
        @Override
        public RefusalDelta withText(String other) {
            return new RefusalDelta(choice, part, other, Wire.NONE);
        }
    }

    /** More of a {@link Content.ToolCall}'s arguments: a fragment of JSON text. */
    record ArgumentsDelta(int choice, int part, String text, Wire wire) implements Delta {
        @Override
        public ArgumentsDelta withText(String other) {
            return new ArgumentsDelta(choice, part, other, Wire.NONE);
        }
    }

    /** The opaque token of a reasoning part, or of a tool call (Gemini), there before the first arguments. */
    record TokenAttached(int choice, int part, OpaqueToken token, Wire wire) implements ChatEvent {}

    /**
     * A piece of a part that only {@code dialect} knows: a citation on a text, the input of a server tool.
     *
     * @param delta the vendor's delta object
     */
    record VendorDelta(int choice, int part, Dialect dialect, JsonNode delta, Wire wire) implements ChatEvent {}

    /** A part is complete. */
    record PartEnded(int choice, int part, Wire wire) implements ChatEvent {}

    /**
     * A choice is complete.
     *
     * @param stopSequence the stop text that was hit, or null
     * @param extras what only one dialect knows ({@code stop_details}, {@code logprobs}, filter results)
     */
    record Finished(int choice, StopReason reason, @Nullable String stopSequence, Extras extras, Wire wire)
            implements ChatEvent {}

    /**
     * The usage so far: each report replaces the one before it.
     *
     * @param extras what only one dialect knows of it, and was told with no other event
     */
    record UsageReported(Usage usage, Extras extras, Wire wire) implements ChatEvent {
        /** A usage of canonical counts alone. */
        public UsageReported(Usage usage, Wire wire) {
            this(usage, Extras.NONE, wire);
        }
    }

    /** The provider is alive. */
    record Ping(Wire wire) implements ChatEvent {}

    /**
     * A whole event that only its own dialect understands; passed on within it, dropped elsewhere. Without memory of the wire it
     * stands for some that were left out, or for what a stream has told too late.
     *
     * @param extras what of it has a name elsewhere
     */
    record Vendor(Extras extras, Wire wire) implements ChatEvent {
        /** An event without a name elsewhere. */
        public Vendor(Wire wire) {
            this(Extras.NONE, wire);
        }
    }
}
