package dev.llmgateway.ir;

import dev.llmgateway.ir.json.JsonDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks of a model, in no vendor's format. Immutable; build with {@link #builder(String)}, change with
 * {@link #toBuilder()}.
 *
 * <p>A request that a codec decoded remembers its body. The memory survives a change of model and of streaming, which
 * are spliced into the bytes, and ends with any other change. Two requests are equal when they say the same, however
 * they were spelled.
 */
public final class ChatRequest {

    private final String model;
    private final List<Message> messages;
    private final ToolUse toolUse;
    private final Sampling sampling;
    private final @Nullable Integer maxOutputTokens;
    private final ReasoningOptions reasoning;
    private final OutputFormat outputFormat;
    private final int choiceCount;
    private final boolean stream;
    private final @Nullable String endUser;
    private final Extras extras;
    private final @Nullable JsonDocument wire;
    private final @Nullable Dialect dialect;

    private ChatRequest(Builder from) {
        model = from.model;
        messages = List.copyOf(from.messages);
        toolUse = from.toolUse;
        sampling = from.sampling;
        maxOutputTokens = from.maxOutputTokens;
        reasoning = from.reasoning;
        outputFormat = from.outputFormat;
        choiceCount = from.choiceCount;
        stream = from.stream;
        endUser = from.endUser;
        extras = from.extras;
        wire = from.wire;
        dialect = from.dialect;
    }

    /**
     * Starts a request.
     *
     * @param model a model name as the gateway resolves them, or {@code auto}
     */
    public static Builder builder(String model) {
        return new Builder(model);
    }

    /** The model asked for: an alias, a wire id, {@code provider/model} or {@code auto}; never empty. */
    public String model() {
        return model;
    }

    /** The conversation, oldest first, instructions included. */
    public List<Message> messages() {
        return messages;
    }

    public ToolUse toolUse() {
        return toolUse;
    }

    public Sampling sampling() {
        return sampling;
    }

    /** Upper bound of generated tokens, at least 0 (0 warms a prompt cache at Anthropic); null when not given. */
    public @Nullable Integer maxOutputTokens() {
        return maxOutputTokens;
    }

    public ReasoningOptions reasoning() {
        return reasoning;
    }

    public OutputFormat outputFormat() {
        return outputFormat;
    }

    /** How many alternative answers are wanted (OpenAI's {@code n}), at least 1. */
    public int choiceCount() {
        return choiceCount;
    }

    /** Whether the provider is to stream. */
    public boolean stream() {
        return stream;
    }

    /** The application's stable id of its end user, or null. */
    public @Nullable String endUser() {
        return endUser;
    }

    /** Members that only one dialect knows. */
    public Extras extras() {
        return extras;
    }

    /** The body this was decoded from while it still says the same but for model and streaming; else null. */
    public @Nullable JsonDocument wire() {
        return wire;
    }

    /** The dialect this was decoded from, whether or not it was changed since; null when it was built in code. */
    public @Nullable Dialect dialect() {
        return dialect;
    }

    /** Whether it asks for vectors, one for each of its messages, instead of an answer to them all. */
    public boolean asksForVectors() {
        return dialect == Dialect.OPENAI_EMBEDDINGS;
    }

    /** The same request for another model; keeps the memory of the wire. */
    public ChatRequest withModel(String other) {
        Builder copy = copy();
        copy.model = requireName(other);
        return new ChatRequest(copy);
    }

    /** The same request, streaming or not; keeps the memory of the wire. */
    public ChatRequest withStream(boolean other) {
        if (other == stream) {
            return this;
        }
        Builder copy = copy();
        copy.stream = other;
        return new ChatRequest(copy);
    }

    /** A builder with everything of this request; what it builds has no memory of the wire. */
    public Builder toBuilder() {
        Builder copy = copy();
        copy.wire = null;
        return copy;
    }

    private Builder copy() {
        Builder copy = new Builder(model);
        copy.messages.addAll(messages);
        copy.toolUse = toolUse;
        copy.sampling = sampling;
        copy.maxOutputTokens = maxOutputTokens;
        copy.reasoning = reasoning;
        copy.outputFormat = outputFormat;
        copy.choiceCount = choiceCount;
        copy.stream = stream;
        copy.endUser = endUser;
        copy.extras = extras;
        copy.wire = wire;
        copy.dialect = dialect;
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChatRequest that
                && model.equals(that.model)
                && messages.equals(that.messages)
                && toolUse.equals(that.toolUse)
                && sampling.equals(that.sampling)
                && Objects.equals(maxOutputTokens, that.maxOutputTokens)
                && reasoning.equals(that.reasoning)
                && outputFormat.equals(that.outputFormat)
                && choiceCount == that.choiceCount
                && stream == that.stream
                && asksForVectors() == that.asksForVectors()
                && Objects.equals(endUser, that.endUser)
                && extras.equals(that.extras);
    }

    @Override
    public int hashCode() {
        return Objects.hash(model, messages, toolUse, sampling, maxOutputTokens, outputFormat, extras);
    }

    /** Names what is asked, never the conversation itself. */
    @Override
    public String toString() {
        return "ChatRequest[model=" + model + ", messages=" + messages.size() + ", tools="
                + toolUse.tools().size() + ", stream=" + stream + "]";
    }

    private static String requireName(String model) {
        if (model.isEmpty()) {
            throw new IllegalArgumentException("the model name is empty: name a model, or use \"auto\"");
        }
        return model;
    }

    /** Collects the parts of a {@link ChatRequest}. Not thread safe. */
    public static final class Builder {
        private String model;
        private final List<Message> messages = new ArrayList<>();
        private ToolUse toolUse = ToolUse.NONE;
        private Sampling sampling = Sampling.DEFAULTS;
        private @Nullable Integer maxOutputTokens;
        private ReasoningOptions reasoning = ReasoningOptions.DEFAULTS;
        private OutputFormat outputFormat = OutputFormat.TEXT;
        private int choiceCount = 1;
        private boolean stream;
        private @Nullable String endUser;
        private Extras extras = Extras.NONE;
        private @Nullable JsonDocument wire;
        private @Nullable Dialect dialect;

        private Builder(String model) {
            this.model = requireName(model);
        }

        public Builder model(String name) {
            this.model = requireName(name);
            return this;
        }

        /** Appends a turn. */
        public Builder message(Message message) {
            messages.add(message);
            return this;
        }

        /** Replaces the whole conversation. */
        public Builder messages(List<Message> all) {
            List<Message> copy = List.copyOf(all);
            messages.clear();
            messages.addAll(copy);
            return this;
        }

        /** Appends a user turn of plain text. */
        public Builder user(String text) {
            return message(Message.user(text));
        }

        /** Appends instructions. */
        public Builder system(String text) {
            return message(Message.system(text));
        }

        public Builder toolUse(ToolUse use) {
            this.toolUse = use;
            return this;
        }

        public Builder sampling(Sampling how) {
            this.sampling = how;
            return this;
        }

        /**
         * Bounds the answer.
         *
         * @throws IllegalArgumentException when negative
         */
        public Builder maxOutputTokens(@Nullable Integer tokens) {
            if (tokens != null && tokens < 0) {
                throw new IllegalArgumentException("maxOutputTokens is " + tokens + ": it must be 0 or more");
            }
            this.maxOutputTokens = tokens;
            return this;
        }

        public Builder reasoning(ReasoningOptions options) {
            this.reasoning = options;
            return this;
        }

        public Builder outputFormat(OutputFormat format) {
            this.outputFormat = format;
            return this;
        }

        /**
         * Asks for several alternative answers.
         *
         * @throws IllegalArgumentException when below 1
         */
        public Builder choiceCount(int n) {
            if (n < 1) {
                throw new IllegalArgumentException("choiceCount is " + n + ": it must be 1 or more");
            }
            this.choiceCount = n;
            return this;
        }

        public Builder stream(boolean wanted) {
            this.stream = wanted;
            return this;
        }

        public Builder endUser(@Nullable String id) {
            this.endUser = id;
            return this;
        }

        public Builder extras(Extras extra) {
            this.extras = extra;
            return this;
        }

        /** For codecs: the dialect the request was decoded from, and its body unless that must not be sent on as it is. */
        public Builder decodedFrom(Dialect from, @Nullable JsonDocument body) {
            this.dialect = from;
            this.wire = body;
            return this;
        }

        public ChatRequest build() {
            return new ChatRequest(this);
        }
    }
}
