package dev.llmgateway.api.replay;

import dev.llmgateway.api.GatewayException;

/** How a {@link SharedAnswer} ended for those who would join it or keep it. */
public sealed interface Ending {

    /** It is complete. */
    record Complete(RecordedAnswer answer) implements Ending {}

    /** There was no answer, or it broke off. */
    record Failed(GatewayException error) implements Ending {}

    /** All its readers left before its end, or it became too large to be held. */
    record LetGo() implements Ending {}
}
