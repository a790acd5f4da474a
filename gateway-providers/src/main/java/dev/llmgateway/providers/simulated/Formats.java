package dev.llmgateway.providers.simulated;

/** The wire formats that one server speaks. */
record Formats(Answers chat, Answers responses, Answers messages) {

    static Formats of(ChatStyle style) {
        Answers chat = switch (style) {
            case OPENAI -> new OpenAiAnswers();
            case GOOGLE -> new GoogleAnswers(new Seal());
            case GROQ -> new GroqAnswers();
        };
        return new Formats(chat, new ResponsesAnswers(new Seal()), new AnthropicAnswers(new Seal()));
    }

    /** The format that a request is to be answered in. */
    Answers of(ReceivedRequest request) {
        String path = request.path();
        if (path.contains("/messages") || request.header("anthropic-version") != null) {
            return messages;
        }
        return path.contains("/responses") ? responses : chat;
    }
}
