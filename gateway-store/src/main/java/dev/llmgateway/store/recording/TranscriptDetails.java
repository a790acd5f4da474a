package dev.llmgateway.store.recording;

import dev.llmgateway.api.Transcript;
import dev.llmgateway.api.json.TraceDetails;
import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CallDetails;
import org.jspecify.annotations.Nullable;

/** The details of a call, with what was said; that is written once, and then only its text is kept. Thread safe. */
final class TranscriptDetails implements CallDetails {

    private final TraceDetails trace;

    /* Guarded by this; exactly one of them is there. */
    private @Nullable Transcript transcript;
    private @Nullable Bodies bodies;

    TranscriptDetails(TraceDetails trace, Transcript transcript) {
        this.trace = trace;
        this.transcript = transcript;
    }

    @Override
    public String trace() {
        return trace.trace();
    }

    @Override
    public synchronized @Nullable Bodies bodies() {
        if (transcript != null) {
            bodies = new Bodies(transcript.request(), transcript.answer());
            transcript = null;
        }
        return bodies;
    }

    @Override
    public synchronized long bytes() {
        return trace.bytes() + (transcript != null ? transcript.bytes() : bodies == null ? 0 : bodies.bytes());
    }
}
