package dev.llmgateway.providers.simulated;

/** The wire formats that one server speaks. */
record Formats(Answers chat, Answers responses, Answers messages) {

    static Formats of(ChatStyle style) {
        Seal seal = new Seal();
        Answers chat = switch (style) {
            case OPENAI -> new OpenAiAnswers();
            case GOOGLE -> new GoogleAnswers(seal);
            case GROQ -> new GroqAnswers();
        };
        return new Formats(chat, new ResponsesAnswers(seal), new AnthropicAnswers());
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
