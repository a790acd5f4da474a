package dev.llmgateway.providers.simulated;

/** Whose manner of Chat Completions is spoken: the vendors that copied OpenAI's format differ from it. */
public enum ChatStyle {
    /**
     * OpenAI's own. Newer models refuse function tools while they reason, and some are served by the Responses API alone;
     * which they are is told by their names, as {@link SimulatedProvider} says.
     */
    OPENAI,
    /**
     * Gemini's compatible endpoint: a call of a tool comes whole, without an index and with a thought signature that must
     * come back with it; errors are arrays.
     */
    GOOGLE,
    /** Groq: reasoning is shown, usage hides in {@code x_groq}, an error inside a stream is an event of that name. */
    GROQ
}
