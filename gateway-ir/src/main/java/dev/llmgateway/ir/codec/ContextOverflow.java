package dev.llmgateway.ir.codec;

import java.util.Locale;
import java.util.regex.Pattern;

/** Recognises that a provider refused a prompt for its length: vendors say so in words more often than in a code. */
public final class ContextOverflow {

    /** How OpenAI and its copies, Anthropic, Google and Ollama put it. */
    private static final Pattern WORDS = Pattern.compile("context_length_exceeded"
            + "|maximum context length"
            + "|prompt is too long"
            + "|input token count.{0,60}exceeds"
            + "|exceeded max context length"
            + "|exceed context limit"
            + "|exceeds? (?:the )?(?:available |model'?s? )?context (?:size|length|window)"
            + "|reduce the length of the (?:messages|prompt)");

    private ContextOverflow() {}

    /** Whether an error's message or code says it. */
    public static boolean isSaidIn(String words) {
        return WORDS.matcher(words.toLowerCase(Locale.ROOT)).find();
    }
}
