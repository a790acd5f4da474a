package dev.llmgateway.bench;

import java.nio.charset.StandardCharsets;

/**
 * One kind of request: its dialect, the size of its body and the answer it asks for.
 *
 * @param requestBytes the length of the JSON body, met to within a few bytes; at least 512
 * @param sameness whether all requests are equal
 */
record Workload(Dialect dialect, int requestBytes, Answer answer, Sameness sameness) {
    private static final int MESSAGE_CHARS = 2_000;
    private static final int MESSAGE_ENVELOPE = ",{'role':'assistant','content':''}".length();

    /** Equal requests. */
    Workload(Dialect dialect, int requestBytes, Answer answer) {
        this(dialect, requestBytes, answer, Sameness.EQUAL);
    }

    /** The same requests with another difference between them. */
    Workload with(Sameness other) {
        return new Workload(dialect, requestBytes, answer, other);
    }

    /** The whole HTTP request. The same bytes go to every contender; only the provider named in the model differs. */
    byte[] request(Dialect provider) {
        byte[] body = body(provider).getBytes(StandardCharsets.US_ASCII);
        String head = "POST " + dialect.path() + " HTTP/1.1\r\n"
                + "Host: 127.0.0.1\r\n"
                + "Content-Type: application/json\r\n"
                + "Accept: " + (streamed() ? "text/event-stream" : "application/json") + "\r\n"
                + "Authorization: Bearer bench\r\n"
                + (dialect == Dialect.ANTHROPIC ? "anthropic-version: 2023-06-01\r\n" : "")
                + "User-Agent: bench\r\n"
                + sameness.headers()
                + "Content-Length: " + body.length + "\r\n\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[headBytes.length + body.length];
        System.arraycopy(headBytes, 0, request, 0, headBytes.length);
        System.arraycopy(body, 0, request, headBytes.length, body.length);
        return request;
    }

    /** A new check for one connection's answers. */
    AnswerCheck newCheck() {
        return switch (answer) {
            case Answer.Whole whole -> new WholeTextCheck(whole.text());
            case Answer.Events events -> new EventOrderCheck(events.count(), dialect);
        };
    }

    /** Content events per answer; 0 when it is not a stream. */
    int events() {
        return answer instanceof Answer.Events events ? events.count() : 0;
    }

    private boolean streamed() {
        return answer instanceof Answer.Events;
    }

    /** Rendered twice: what the first try was short of is added to the conversation of the second. */
    private String body(Dialect provider) {
        int missing = requestBytes - body(provider, 0).length();
        return body(provider, Math.max(64, missing));
    }

    private String body(Dialect provider, int conversationChars) {
        String model = "mock-" + provider.label() + "/" + answer.model();
        String options = (streamed() ? "\"stream\":true," : "") + sameness.members();
        return switch (dialect) {
            case OPENAI ->
                """
                {"model":"%s","max_completion_tokens":1024,%s"messages":[{"role":"system","content":"%s"},%s]}""".formatted(
                                model,
                                options + (streamed() ? "\"stream_options\":{\"include_usage\":true}," : ""),
                                sameness.text() + Prose.words(120),
                                conversation(conversationChars));
            case RESPONSES ->
                """
                {"model":"%s","max_output_tokens":1024,"store":false,%s"instructions":"%s","input":[%s]}""".formatted(model, options, sameness.text() + Prose.words(120), conversation(conversationChars));
            case ANTHROPIC ->
                """
                {"model":"%s","max_tokens":1024,%s"system":"%s","messages":[%s]}""".formatted(model, options, sameness.text() + Prose.words(120), conversation(conversationChars));
        };
    }

    /** User and assistant in turn, beginning and ending with the user, as a chat with a long history looks. */
    private static String conversation(int chars) {
        int turns = chars / MESSAGE_CHARS | 1;
        StringBuilder messages = new StringBuilder();
        for (int turn = 0; turn < turns; turn++) {
            messages.append(turn == 0 ? "" : ",")
                    .append("{\"role\":\"")
                    .append(turn % 2 == 0 ? "user" : "assistant")
                    .append("\",\"content\":\"")
                    .append(paragraphs(Math.max(0, chars / turns - (turn == 0 ? 0 : MESSAGE_ENVELOPE))))
                    .append("\"}");
        }
        return messages.toString();
    }

    /** Prose with an escaped line break and quotes here and there, so that JSON strings are not trivially copied. */
    private static String paragraphs(int chars) {
        String sentence = Prose.words(150) + ":\\n\\n\\\"" + Prose.words(40) + "\\\". ";
        return sentence.repeat(chars / sentence.length()) + Prose.words(chars % sentence.length());
    }
}
