package dev.llmgateway.bench;

import org.jspecify.annotations.Nullable;

/** Watches the body of one answer at a time and says at its end what was wrong with it. Not thread safe. */
sealed interface AnswerCheck permits WholeTextCheck, EventOrderCheck {

    /** Takes the next body bytes, transfer coding removed. */
    void accept(byte[] buffer, int offset, int length);

    /** Ends the answer: null when it was right, else what was wrong. The check is then ready for the next answer. */
    @Nullable
    String finish();
}
