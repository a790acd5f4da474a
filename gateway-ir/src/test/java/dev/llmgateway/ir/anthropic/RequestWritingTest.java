package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.json;
import static dev.llmgateway.ir.anthropic.Writing.ANSWER;
import static dev.llmgateway.ir.anthropic.Writing.ask;
import static dev.llmgateway.ir.anthropic.Writing.conversation;
import static dev.llmgateway.ir.anthropic.Writing.messages;
import static dev.llmgateway.ir.anthropic.Writing.write;
import static dev.llmgateway.ir.anthropic.Writing.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.UntranslatableException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What another dialect's request becomes at Anthropic, and what is named as lost: the turns of the conversation. */
class RequestWritingTest {

    @Test
    void theShortestRequestSaysOnlyWhatIsRequired() {
        assertThat(written(ask()))
                .isEqualTo(
                        json("{'model':'claude-test','max_tokens':4096,'messages':[{'role':'user','content':'hi'}]}"));
    }

    @Test
    void theOlderVersionIsAskedForBecauseItAlsoTakesSampling() {
        assertThat(write(ask().sampling(Sampling.temperature(0.5))).headers())
                .containsExactly(Map.entry("anthropic-version", "2023-06-01"));
    }

    @Test
    void maxTokensDefaultsToTheModelsLargestAnswerAndIsNeverLarger() {
        assertThat(json(write(ask(), t -> t.maxOutputTokens(8000)).body())
                        .get("max_tokens")
                        .intValue())
                .isEqualTo(8000);
        assertThat(json(write(ask().maxOutputTokens(99_999), t -> t.maxOutputTokens(8000))
                                .body())
                        .get("max_tokens")
                        .intValue())
                .isEqualTo(8000);
        assertThat(written(ask().maxOutputTokens(77)).get("max_tokens").intValue())
                .isEqualTo(77);
    }

    @Test
    void leadingInstructionsAreJoinedInOrderAndKeepTheirBoundaries() {
        JsonNode body = written(conversation(
                Message.system("one"),
                new Message(Role.DEVELOPER, List.of(new Content.Text("two"))),
                Message.user("hi")));
        assertThat(body.get("system")).isEqualTo(json("[{'type':'text','text':'one'},{'type':'text','text':'two'}]"));
        assertThat(body.get("messages")).hasSize(1);
    }

    @Test
    void instructionsBehindAUserTurnStayInPlace() {
        assertThat(messages(Message.user("a"), Message.system("s"), Message.system("t"), Message.user("b")))
                .isEqualTo(json("[{'role':'user','content':'a'},"
                        + "{'role':'system','content':[{'type':'text','text':'s'},{'type':'text','text':'t'}]},"
                        + "{'role':'user','content':'b'}]"));
    }

    @Test
    void instructionsBehindAnAssistantTurnAreToldInAUserTurn() {
        assertThat(messages(Message.user("a"), Message.assistant("b"), Message.system("s"), Message.user("c")))
                .isEqualTo(json("[{'role':'user','content':'a'},{'role':'assistant','content':'b'},"
                        + "{'role':'user','content':'<system-instructions>\\ns\\n</system-instructions>'},"
                        + "{'role':'user','content':'c'}]"));
    }

    @Test
    void aModelWithoutMidInstructionsIsToldThemInAUserTurn() {
        JsonNode body = json(write(
                        conversation(Message.user("a"), Message.system("s"), Message.user("c")),
                        t -> t.acceptsMidInstructions(false))
                .body());
        assertThat(body.get("messages").get(1))
                .isEqualTo(json("{'role':'user','content':'<system-instructions>\\ns\\n</system-instructions>'}"));
    }

    @Test
    void anImageBesideSuchInstructionsFollowsThem() {
        Message instructions = new Message(
                Role.DEVELOPER,
                List.of(new Content.Text("s"), new Content.Image(new MediaSource.Url("https://h/i.png"))));
        EncodedRequest sent =
                write(conversation(Message.user("a"), instructions), t -> t.acceptsMidInstructions(false));

        assertThat(json(sent.body()).at("/messages/1"))
                .isEqualTo(json("{'role':'user','content':["
                        + "{'type':'text','text':'<system-instructions>\\ns\\n</system-instructions>'},"
                        + "{'type':'image','source':{'type':'url','url':'https://h/i.png'}}]}"));
        assertThat(sent.dropped()).isEmpty();
    }

    @Test
    void aConversationOfInstructionsAloneBecomesAUserTurn() {
        JsonNode body = written(conversation(Message.system("Write a haiku.")));
        assertThat(body.has("system")).isFalse();
        assertThat(body.get("messages")).isEqualTo(json("[{'role':'user','content':'Write a haiku.'}]"));
    }

    @Test
    void emptyTextIsLeftOut() {
        assertThat(messages(
                        Message.system("  "),
                        new Message(
                                Role.USER,
                                List.of(new Content.Text(""), new Content.Text("hi"), new Content.Text("\n"))),
                        Message.assistant(""),
                        Message.user("again")))
                .isEqualTo(json("[{'role':'user','content':'hi'},{'role':'user','content':'again'}]"));
    }

    @Test
    void nothingToSayIsRefused() {
        assertThatThrownBy(() -> write(conversation(Message.user(" ")))).isInstanceOf(UntranslatableException.class);
    }

    @Test
    void aTrailingAssistantTurnStaysAsPrefillWithoutTrailingSpace() {
        assertThat(messages(Message.user("a"), Message.assistant("The answer is \n")))
                .isEqualTo(json("[{'role':'user','content':'a'},{'role':'assistant','content':'The answer is'}]"));
    }

    @Test
    void onlyTheLastFourCacheMarksAreWritten() {
        Content marked = new Content.Text("x", Extras.NONE.withCacheMark(new CacheMark("30m")));
        EncodedRequest encoded =
                write(conversation(new Message(Role.USER, List.of(marked, marked, marked, marked, marked))));
        JsonNode content = json(encoded.body()).get("messages").get(0).get("content");
        assertThat(content.get(0).has("cache_control")).isFalse();
        for (int i = 1; i < 5; i++) {
            assertThat(content.get(i).get("cache_control")).isEqualTo(json("{'type':'ephemeral'}"));
        }
        assertThat(encoded.dropped()).containsExactly("messages[].content[].prompt_cache_breakpoint");
    }

    @Test
    void theEndUserIsNamed() {
        assertThat(written(ask().endUser("u1")).get("metadata")).isEqualTo(json("{'user_id':'u1'}"));
    }

    @Test
    void foreignMembersOfMessagesAndToolsAreNamed() {
        Extras name = Extras.of(Dialect.OPENAI_CHAT, Map.of("name", json("'Ann'")));
        EncodedRequest encoded = write(conversation(new Message(Role.USER, List.of(ANSWER), name))
                .toolUse(new ToolUse(
                        List.of(new Tool.Function(
                                "f", null, null, null, Extras.of(Dialect.OPENAI_CHAT, Map.of("cached", json("1"))))),
                        null,
                        null)));
        assertThat(encoded.dropped()).containsExactlyInAnyOrder("messages[].name", "tools[0].cached");
    }

    @Test
    void textThatIsNotWellFormedCannotBreakTheRequest() {
        assertThat(messages(Message.user("a\ud800b")).get(0).get("content").stringValue())
                .isEqualTo("a\ufffdb");
    }
}
