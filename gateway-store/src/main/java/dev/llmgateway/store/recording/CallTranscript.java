package dev.llmgateway.store.recording;

import dev.llmgateway.api.Transcript;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.ResponseFolder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said in one call. Bodies above {@value #MOST_BYTES} bytes are not kept. Thread safe. */
final class CallTranscript implements Transcript {

    /** The largest body that is kept. */
    static final int MOST_BYTES = 1024 * 1024;

    /** A request is kept as its bytes and as what was decoded from them, an answer as its text, about. */
    private static final int MEMORY_PER_REQUEST_BYTE = 6;

    private static final int MEMORY_PER_ANSWER_CHARACTER = 4;

    /** As many characters as a vector's numbers have, about. */
    private static final int CHARACTERS_PER_NUMBER = 12;

    private static final int MEMORY_BESIDE = 1_000;

    /** An answer that comes whole has no more. */
    private static final int USUAL_EVENTS = 8;

    private final ChatRequest request;
    private final byte @Nullable [] requestBody;
    private final BodyWriter writer;

    /* Guarded by this. The first events wait until there are more, or somebody asks: nobody does for most calls. */
    private List<ChatEvent> first = new ArrayList<>(USUAL_EVENTS);
    private @Nullable ResponseFolder answer;
    private int answerLength;

    private CallTranscript(ChatRequest request, byte @Nullable [] requestBody, BodyWriter writer) {
        this.request = request;
        this.requestBody = requestBody;
        this.writer = writer;
    }

    static CallTranscript of(ChatRequest request, BodyWriter writer) {
        byte[] body = writer.request(request);
        return new CallTranscript(request, body == null || body.length > MOST_BYTES ? null : body, writer);
    }

    /** Adds an event of the answer; none when the answer is too long already. */
    synchronized void add(ChatEvent event) {
        if (answerLength > MOST_BYTES) {
            return;
        }
        answerLength += length(event);
        if (answerLength > MOST_BYTES) {
            first = List.of();
            answer = null;
        } else if (answer == null && first.size() < USUAL_EVENTS) {
            first.add(event);
        } else {
            folder().accept(event);
        }
    }

    private ResponseFolder folder() {
        if (answer == null) {
            answer = new ResponseFolder();
            first.forEach(answer::accept);
            first = List.of();
        }
        return answer;
    }

    private static int length(ChatEvent event) {
        if (event instanceof ChatEvent.PartStarted start && start.initial() instanceof Content.Embedding embedding) {
            return CHARACTERS_PER_NUMBER * embedding.vector().dimensions();
        }
        return event instanceof ChatEvent.Delta delta ? delta.text().length() : 0;
    }

    @Override
    public @Nullable String request() {
        return requestBody == null ? null : new String(requestBody, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized @Nullable String answer() {
        return isEmpty() ? null : writer.answer(folder().toResponse(), request);
    }

    @Override
    public synchronized long bytes() {
        return MEMORY_BESIDE
                + (requestBody == null ? 0L : (long) MEMORY_PER_REQUEST_BYTE * requestBody.length)
                + (isEmpty() ? 0L : (long) MEMORY_PER_ANSWER_CHARACTER * answerLength);
    }

    private boolean isEmpty() {
        return answer == null && first.isEmpty();
    }
}
