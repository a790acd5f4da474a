package dev.llmgateway.providers.simulated;

import org.jspecify.annotations.Nullable;

/** One request on its way to its reply: what it asks for, and in which dialect. For one thread. */
final class Turn {

    /** What a path asks for. */
    enum Kind {
        CHAT,
        COUNT_TOKENS,
        EMBEDDINGS,
        MODELS,
        UNKNOWN
    }

    private static final Answers OPENAI = new OpenAiAnswers();
    private static final Answers ANTHROPIC = new AnthropicAnswers();

    private final ReceivedRequest request;
    private final Kind kind;
    private final Answers answers;
    private final long number;
    private @Nullable Prompt prompt;

    Turn(ReceivedRequest request, long number) {
        this.request = request;
        this.number = number;
        this.kind = kind(request);
        boolean anthropic = request.path().contains("/messages") || request.header("anthropic-version") != null;
        this.answers = anthropic ? ANTHROPIC : OPENAI;
    }

    private static Kind kind(ReceivedRequest request) {
        String path = request.path();
        return switch (request.method()) {
            case "GET" -> path.endsWith("/models") ? Kind.MODELS : Kind.UNKNOWN;
            case "POST" -> {
                if (path.endsWith("/chat/completions") || path.endsWith("/messages")) {
                    yield Kind.CHAT;
                }
                if (path.endsWith("/embeddings")) {
                    yield Kind.EMBEDDINGS;
                }
                yield path.endsWith("/messages/count_tokens") ? Kind.COUNT_TOKENS : Kind.UNKNOWN;
            }
            default -> Kind.UNKNOWN;
        };
    }

    ReceivedRequest request() {
        return request;
    }

    Kind kind() {
        return kind;
    }

    Answers answers() {
        return answers;
    }

    /** The running number of the request, which its ids are made of. */
    long number() {
        return number;
    }

    /**
     * The request's content, read on the first call.
     *
     * @throws BadPrompt when the vendor would refuse it
     */
    Prompt prompt() {
        if (prompt == null) {
            prompt = answers.read(request, kind == Kind.COUNT_TOKENS);
        }
        return prompt;
    }
}
