package dev.llmgateway.api.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Sampling;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuestionTest {

    private static ChatRequest.Builder request(String last) {
        return ChatRequest.builder("gpt-4o")
                .system("Be brief.")
                .user("Hello")
                .message(Message.assistant("Hi"))
                .user(last);
    }

    private static Question question(ChatRequest request) {
        return Question.of(request).orElseThrow();
    }

    @Test
    void onlyTheLastTextIsCompared() {
        assertThat(question(request("What is the time?").build()).text()).isEqualTo("What is the time?");
        assertThat(question(request("One").build()).frame())
                .isEqualTo(question(request("Two").build()).frame());
    }

    @Test
    void allElseIsTheFrame() {
        ChatRequest.Builder other = ChatRequest.builder("gpt-4o")
                .system("Be brief.")
                .user("Good evening")
                .message(Message.assistant("Hi"))
                .user("One");
        Question one = question(request("One").build());

        assertThat(question(other.build()).frame()).isNotEqualTo(one.frame());
        assertThat(question(request("One").sampling(Sampling.temperature(0)).build())
                        .frame())
                .isNotEqualTo(one.frame());
        assertThat(question(request("One").build().withModel("other")).frame()).isNotEqualTo(one.frame());
    }

    @Test
    void imagesAnywhereAreNotCompared() {
        Message picture = new Message(
                Role.USER,
                List.of(
                        new Content.Text("What is this?"),
                        new Content.Image(new MediaSource.Url("https://e.org/a.png"))));

        assertThat(Question.of(request("And now?")
                        .messages(List.of(picture, Message.user("And now?")))
                        .build()))
                .isEmpty();
    }

    @Test
    void toolResultsAndAnswersToContinueAreNotCompared() {
        assertThat(Question.of(
                        request("x").message(Message.toolResult("1", "rain")).build()))
                .isEmpty();
        assertThat(Question.of(request("x").message(Message.assistant("Once")).build()))
                .isEmpty();
        assertThat(Question.of(ChatRequest.builder("gpt-4o").build())).isEmpty();
    }

    @Test
    void blankAndLongTextsAreNotCompared() {
        assertThat(Question.of(request(" \n").build())).isEmpty();
        assertThat(Question.of(request("x".repeat(Question.LONGEST)).build())).isPresent();
        assertThat(Question.of(request("x".repeat(Question.LONGEST + 1)).build()))
                .isEmpty();
    }
}
