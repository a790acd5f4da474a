package dev.llmgateway.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One part of a message or of an answer. The order of parts is meaningful and is kept. All variants are immutable.
 */
public sealed interface Content {

    /** Cache mark and members that only one dialect knows. */
    Extras extras();

    /** Readable text. May be empty; codecs drop empty text where a vendor refuses it. */
    record Text(String text, Extras extras) implements Content {
        public Text(String text) {
            this(text, Extras.NONE);
        }
    }

    /**
     * An image.
     *
     * @param detail OpenAI's {@code low}, {@code high} or {@code auto}; null when not given
     */
    record Image(MediaSource source, @Nullable String detail, Extras extras) implements Content {
        public Image(MediaSource source) {
            this(source, null, Extras.NONE);
        }
    }

    /**
     * A PDF, text or other file.
     *
     * @param name file name or title; null when not given
     */
    record Document(MediaSource source, @Nullable String name, Extras extras) implements Content {}

    /**
     * A sound.
     *
     * @param format {@code wav} or {@code mp3}
     */
    record Audio(MediaSource source, String format, Extras extras) implements Content {}

    /**
     * The model asks for a tool to be run.
     *
     * @param id ties the call to its {@link ToolResult}; not blank
     * @param arguments the JSON text as the model wrote it, which may be invalid JSON; for a {@link Tool.Custom} tool,
     *     free text
     * @param token reasoning state that belongs to the call (Gemini), or null
     */
    record ToolCall(
            String id,
            String name,
            String arguments,
            @Nullable OpaqueToken token,
            Extras extras) implements Content {
        public ToolCall(String id, String name, String arguments) {
            this(id, name, arguments, null, Extras.NONE);
        }
    }

    /**
     * The answer to a {@link ToolCall}.
     *
     * @param callId the call's id
     * @param content text, images and documents, in order; may be empty
     * @param isError true when the tool failed
     */
    record ToolResult(String callId, List<Content> content, boolean isError, Extras extras) implements Content {
        public ToolResult {
            content = List.copyOf(content);
        }

        public ToolResult(String callId, String text) {
            this(callId, List.of(new Text(text)), false, Extras.NONE);
        }
    }

    /**
     * The model's reasoning. At least one of {@code text} and {@code token} is present.
     *
     * @param text what may be shown; empty is legal beside a token, null when there is only a token
     * @param token sealed state to be sent back, or null
     */
    record Reasoning(@Nullable String text, @Nullable OpaqueToken token, Extras extras) implements Content {}

    /** The model declines, in its own words. */
    record Refusal(String text, Extras extras) implements Content {
        public Refusal(String text) {
            this(text, Extras.NONE);
        }
    }

    /** Numbers in place of text, which embedding calls are about; no chat has such parts. */
    sealed interface Numbers extends Content {}

    /** What is to be embedded, given as the ids of its tokens. */
    record Tokens(TokenIds ids) implements Numbers {
        @Override
        public Extras extras() {
            return Extras.NONE;
        }
    }

    /** What an embedding model makes of one input. */
    record Embedding(Vector vector, Extras extras) implements Numbers {
        public Embedding(Vector vector) {
            this(vector, Extras.NONE);
        }
    }

    /**
     * A part that only {@code dialect} knows (a server tool's result, say). Passed on within that dialect; elsewhere it
     * is refused or dropped and named.
     *
     * @param json the whole part
     */
    record Vendor(Dialect dialect, JsonNode json) implements Content {
        @Override
        public Extras extras() {
            return Extras.NONE;
        }
    }
}
