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

    private final ReceivedRequest request;
    private final Kind kind;
    private final Answers answers;
    private final long number;
    private final Meter meter;
    private @Nullable Prompt prompt;

    Turn(ReceivedRequest request, long number, Formats formats) {
        this.request = request;
        this.number = number;
        this.kind = kind(request);
        this.answers = formats.of(request);
        this.meter = new Meter(answers, request.header("traceparent"));
    }

    private static Kind kind(ReceivedRequest request) {
        String path = request.path();
        return switch (request.method()) {
            case "GET" -> path.endsWith("/models") ? Kind.MODELS : Kind.UNKNOWN;
            case "POST" -> {
                if (path.endsWith("/chat/completions") || path.endsWith("/messages") || path.endsWith("/responses")) {
                    yield Kind.CHAT;
                }
                if (path.endsWith("/embeddings")) {
                    yield Kind.EMBEDDINGS;
                }
                boolean counts = path.endsWith("/messages/count_tokens") || path.endsWith("/responses/input_tokens");
                yield counts ? Kind.COUNT_TOKENS : Kind.UNKNOWN;
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

    /** What the request costs by now. */
    Meter meter() {
        return meter;
    }

    /** The number of the request, which its ids are made of. */
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
