package dev.llmgateway.ir.tokens;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Usage;
import java.util.List;

/**
 * Guesses the usage of a call, where a client has to be told one and the provider told none (yet): a guess lets
 * the client see its context fill up, a zero does not.
 */
public final class UsageEstimate {

    /** Of ordinary text, for answers whose text passed by in pieces. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private UsageEstimate() {}

    /** The prompt of {@code request} and an answer of so many characters. */
    public static Usage usage(ChatRequest request, long answerCharacters) {
        long answer = (answerCharacters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
        return Usage.of(PromptEstimate.of(request).tokens(), answer);
    }

    /** The prompt of {@code request} and this answer. */
    public static Usage usage(ChatRequest request, List<Content> answer) {
        return Usage.of(PromptEstimate.of(request).tokens(), PromptEstimate.tokensOf(answer));
    }
}
