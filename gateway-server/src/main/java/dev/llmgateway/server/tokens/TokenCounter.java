package dev.llmgateway.server.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.tokens.PromptEstimate;
import dev.llmgateway.ir.tokens.TokenEstimator;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of a whole request. Exact for the text of OpenAI's models, whose tokenizers are public; an estimate
 * for all others, and for texts so long that a tokenizer would take seconds. A tokenizer is loaded when it is first
 * needed. Thread safe.
 */
public final class TokenCounter {

    /** Above this many characters a tokenizer would take about a quarter of a second and more. */
    private static final long LONGEST_EXACT = 1_000_000;

    private final EncodingRegistry encodings = Encodings.newLazyEncodingRegistry();

    /**
     * A count.
     *
     * @param exact true when the model's own tokenizer counted all text; how a vendor joins messages and tools is not
     *     public, so the whole is within a few tokens for each of them
     */
    public record Count(long tokens, boolean exact) {}

    /**
     * Counts a request's tokens.
     *
     * @param wireId the model as its vendor names it
     */
    public Count count(ChatRequest request, String wireId) {
        Tally characters = new Tally();
        PromptTexts.read(request, text -> characters.sum += text.length());
        Encoding encoding = characters.sum > LONGEST_EXACT ? null : encodingOf(wireId);
        Tally tokens = new Tally();
        int media = PromptTexts.read(
                request,
                text -> tokens.sum +=
                        encoding == null ? TokenEstimator.estimate(text) : encoding.countTokensOrdinary(text));
        long overhead = TokenEstimator.chatOverhead(request.messages().size());
        return new Count(
                tokens.sum + overhead + (long) media * PromptEstimate.TOKENS_PER_MEDIUM,
                encoding != null && media == 0);
    }

    private @Nullable Encoding encodingOf(String wireId) {
        EncodingType type = typeOf(wireId);
        return type == null ? null : encodings.getEncoding(type);
    }

    /** OpenAI's models by name: those up to GPT-4 Turbo have cl100k, all since GPT-4o have o200k. */
    static @Nullable EncodingType typeOf(String wireId) {
        if (wireId.startsWith("gpt-3.5") || wireId.equals("gpt-4") || wireId.startsWith("gpt-4-")) {
            return EncodingType.CL100K_BASE;
        }
        boolean reasoner = wireId.length() >= 2 && wireId.charAt(0) == 'o' && Character.isDigit(wireId.charAt(1));
        return wireId.startsWith("gpt-") || wireId.startsWith("chatgpt-") || reasoner ? EncodingType.O200K_BASE : null;
    }

    /** A sum that a lambda can add to. */
    private static final class Tally {
        private long sum;
    }
}
