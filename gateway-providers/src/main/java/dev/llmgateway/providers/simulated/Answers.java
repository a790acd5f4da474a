package dev.llmgateway.providers.simulated;

import java.util.List;

/** One vendor's wire format. Stateless. */
sealed interface Answers permits OpenAiAnswers, GoogleAnswers, GroqAnswers, ResponsesAnswers, AnthropicAnswers {

    /** The name in the answers' label unless the server has been given another. */
    String vendor();

    /**
     * Understands a chat request.
     *
     * @throws BadPrompt when the vendor would refuse it
     */
    Prompt read(ReceivedRequest request, boolean tokensOnly);

    /** The answer as a single JSON body. */
    Reply.Json whole(Prompt prompt, Answer answer, long number);

    /** The answer as a stream. */
    Reply.Sse stream(Prompt prompt, Answer answer, long number, Pace pace);

    /** Whether this event, or any behind it, tells the client that the stream is complete. */
    boolean isTerminator(String event);

    /** Whether this event of a stream shows text that was generated, which counts as a token. */
    boolean isToken(String event);

    /** How many tokens of the prompt were read from the vendor's cache. */
    default int cachedTokens(Answer answer) {
        return 0;
    }

    /** The body of an error answer. */
    Reply.Json error(int status, String message);

    /** The answer to a request that the vendor would refuse. */
    default Reply.Json refusal(BadPrompt why) {
        return error(why.status(), why.complaint());
    }

    /**
     * An error inside a stream that began well.
     *
     * @param place how many events stand before it
     */
    String errorEvent(int place);

    /** The answer of the list of models. */
    Reply.Json models(List<String> ids);

    /** The answer to a request for the number of tokens. */
    Reply.Json tokenCount(int tokens);

    /** One event whose data cannot be parsed. */
    String invalidEvent();

    /** The body that a JSON request or a stream gets. */
    default Reply render(Prompt prompt, Answer answer, long number, Pace pace) {
        return prompt.output().stream() ? stream(prompt, answer, number, pace) : whole(prompt, answer, number);
    }
}
