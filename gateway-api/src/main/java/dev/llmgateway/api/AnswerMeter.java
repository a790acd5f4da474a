package dev.llmgateway.api;

import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.ReportedTokens;
import dev.llmgateway.ir.tokens.PromptEstimate;
import dev.llmgateway.ir.tokens.TokenEstimator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures what one answer costs: what the provider does not tell is estimated from the prompt and from what was read. Thread
 * safe: another thread than the reader may close a stream.
 */
final class AnswerMeter {

    private static final int LONGEST_SAMPLE = 4_096;

    private final Exchange exchange;
    /** The beginning of what was read; its kind of text stands for the rest. Most answers never need it, so it is not put together. */
    private final List<String> sample = new ArrayList<>();

    private long sampleCharacters;
    private long readCharacters;

    AnswerMeter(Exchange exchange) {
        this.exchange = exchange;
    }

    /** More of the answer was read. Quick, since most providers tell the usage and nobody asks for the estimate. */
    synchronized void read(String text) {
        readCharacters += text.length();
        if (sampleCharacters < LONGEST_SAMPLE && !text.isEmpty()) {
            sample.add(text);
            sampleCharacters += text.length();
        }
    }

    /**
     * What was spent up to now. Usage that is told at the start of an answer knows the prompt, but not what came later. No prompt
     * has no tokens and no text either: such counts, and absurd ones, are taken for not told.
     *
     * @param told the last usage that was reported
     * @param isLastWord whether it was told at the answer's end
     */
    synchronized Charge charge(@Nullable Usage told, boolean isLastWord) {
        if (told == null || !ReportedTokens.isCredible(told)) {
            return new Charge(Usage.of(promptTokens(), readTokens()), true);
        }
        boolean isPromptTold = told.totalInput() > 0;
        boolean isAnswerTold = isLastWord && (told.output() > 0 || readCharacters == 0);
        if (isPromptTold && isAnswerTold) {
            return Charge.reported(told);
        }
        Usage prompt = isPromptTold ? told : new Usage(promptTokens(), 0, 0, 0, told.output(), told.reasoning());
        long output = isAnswerTold ? told.output() : Math.max(told.output(), readTokens());
        return new Charge(prompt.withOutput(output), true);
    }

    private long promptTokens() {
        PromptEstimate known = exchange.prompt();
        return (known == null ? PromptEstimate.of(exchange.request()) : known).tokens();
    }

    private long readTokens() {
        if (sample.isEmpty()) {
            return 0;
        }
        String all = String.join("", sample);
        String beginning = all.substring(0, Math.min(LONGEST_SAMPLE, all.length()));
        return TokenEstimator.estimate(beginning) * readCharacters / beginning.length();
    }
}
