package dev.llmgateway.api.cache;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request that can be compared with others by meaning, in its two parts: what is compared, and what must be equal.
 *
 * <p>Compared is the text of the last message, the user's. All else must be equal: instructions, every earlier turn, the
 * model, and all parameters. A request is no question when it has tools, or anything but text anywhere: what a tool or an image
 * says is not in the embedding. Neither is one whose last text is long: the longer two texts are, the less a difference that
 * matters shows in their similarity.
 *
 * @param frame the request without the compared text
 * @param text the compared text; not blank
 */
record Question(ChatRequest frame, String text) {

    /** Longer texts are not compared. */
    static final int LONGEST = 4_000;

    /** The request as a question; empty when it is none. */
    static Optional<Question> of(ChatRequest request) {
        List<Message> messages = request.messages();
        if (request.asksForVectors()
                || messages.isEmpty()
                || messages.getLast().role() != Role.USER
                || !isPlain(request)) {
            return Optional.empty();
        }
        Message last = messages.getLast();
        String text = last.content().stream().map(Question::text).collect(Collectors.joining("\n"));
        if (text.isBlank() || text.length() > LONGEST) {
            return Optional.empty();
        }
        List<Message> frame = new ArrayList<>(messages);
        frame.set(
                frame.size() - 1,
                last.withContent(last.content().stream().map(Question::emptied).toList()));
        return Optional.of(new Question(request.toBuilder().messages(frame).build(), text));
    }

    private static boolean isPlain(ChatRequest request) {
        return request.toolUse().tools().isEmpty()
                && request.messages().stream()
                        .allMatch(message -> message.content().stream().allMatch(Content.Text.class::isInstance));
    }

    private static String text(Content content) {
        return content instanceof Content.Text text ? text.text() : "";
    }

    private static Content emptied(Content content) {
        return new Content.Text("", content.extras());
    }
}
