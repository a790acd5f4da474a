package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.Responses.CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A conversation goes on at OpenAI after a model whose reasoning nobody sealed: OpenAI answers 404 ("Item with id ... not found")
 * to reasoning that it cannot look up.
 */
class UnsealedReasoningTest {

    private static final Target OPENAI = new Target("openai", "m", ModelTraits.openAi());
    private static final Target LOCAL = new Target(
            "local",
            "m",
            ModelTraits.openAi().toBuilder().acceptsOpenAiExtras(false).build());

    /** Other reasoning in the history that makes it be written in another way. */
    private static final String FOREIGN =
            ",{'type':'reasoning','id':'rs_f','summary':[],'encrypted_content':'gw1.a.claude.sig'}";

    private static EncodedRequest sent(String reasoning, String more, Target target) {
        return CODEC.encodeRequest(read(reasoning, more), target);
    }

    private static ChatRequest read(String reasoning, String more) {
        String body = "{'model':'m','input':[{'role':'user','content':'x'}," + reasoning
                + ",{'type':'message','role':'assistant','content':'y'},{'role':'user','content':'z'}]" + more + "}";
        return CODEC.decodeRequest(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String text(EncodedRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    /** An item as a client gets it of a provider that gives its reasoning no id. */
    private static String shown() {
        ChatResponse answer = new ChatResponse(
                "r",
                "m",
                List.of(new Content.Reasoning("thoughts", null, Extras.NONE), new Content.Text("y")),
                StopReason.END_TURN,
                null);
        ChatRequest request = CODEC.decodeRequest("{\"model\":\"m\",\"input\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        return Json.writeString(
                Json.parse(CODEC.encodeResponse(answer, request)).at("/output/0"));
    }

    @Test
    void reasoningThatGotItsIdHereNeverGoesToOpenAi() {
        for (String more : List.of("", ",'store':false", ",'store':true")) {
            EncodedRequest request = sent(shown(), more, OPENAI);

            assertThat(text(request)).doesNotContain("thoughts", "rs_").contains("\"y\"");
            assertThat(request.dropped()).containsExactly("input[].summary");
        }
        EncodedRequest anew = CODEC.encodeRequest(read(shown(), "").toBuilder().build(), OPENAI);
        assertThat(text(anew)).doesNotContain("thoughts", "rs_").contains("\"y\"");
        assertThat(anew.dropped()).containsExactly("input[].summary");
        assertThat(text(sent(shown() + FOREIGN, "", OPENAI))).doesNotContain("thoughts", "rs_");
    }

    @Test
    void withoutStorageOpenAiFindsNoReasoningAtAll() {
        String stored = "{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'thoughts'}]}";

        assertThat(text(sent(stored, ",'store':false", OPENAI))).doesNotContain("thoughts");
        for (String more : List.of("", ",'store':true", ",'store':null")) {
            assertThat(text(sent(stored, more, OPENAI))).contains("thoughts", "rs_1");
        }
        assertThat(text(sent(stored + FOREIGN, "", OPENAI))).contains("thoughts", "rs_1");
    }

    @Test
    void whatIsSealedStays() {
        String sealed = "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gw1.o.openai.mine'}";

        assertThat(text(sent(sealed, ",'store':false", OPENAI))).contains("\"mine\"", "rs_1");
    }

    @Test
    void othersReadTheText() {
        assertThat(text(sent(shown(), ",'store':false", LOCAL))).contains("thoughts");
    }

    /** By its id, or as the client was shown it: the gateway remembers who made it. */
    @Test
    void whatOpenAiStoredGoesToOpenAiAlone() {
        String item = "{'type':'reasoning','id':'rs_77','summary':[{'type':'summary_text','text':'thoughts'}]}";
        Map<String, byte[]> kept = new HashMap<>();
        AnswerItems.ofAnswer(
                ("{'output':[" + item + "]}").replace('\'', '"').getBytes(StandardCharsets.UTF_8), "openai", kept::put);

        for (String sent : List.of("{'type':'item_reference','id':'rs_77'}", item)) {
            for (String more : List.of("", FOREIGN)) {
                ChatRequest request = CODEC.decodeRequest(
                        ("{'model':'m','input':[{'role':'user','content':'x'}," + sent + more
                                        + ",{'role':'user','content':'z'}]}")
                                .replace('\'', '"')
                                .getBytes(StandardCharsets.UTF_8),
                        kept::get);
                EncodedRequest elsewhere = CODEC.encodeRequest(request, new Target("azure", "m", ModelTraits.openAi()));

                assertThat(text(CODEC.encodeRequest(request, OPENAI))).contains("\"rs_77\"", "thoughts");
                assertThat(text(CODEC.encodeRequest(request.toBuilder().build(), OPENAI)))
                        .contains("\"rs_77\"", "thoughts");
                assertThat(text(elsewhere)).doesNotContain("rs_", "thoughts", "gw1");
                assertThat(elsewhere.dropped()).contains("input[].summary");
                assertThat(text(CODEC.encodeRequest(request, LOCAL))).contains("\"rs_77\"", "thoughts");
            }
        }
    }

    @Test
    void reasoningWithoutWordsIsNamedToo() {
        String stored = "{'type':'reasoning','id':'rs_1','summary':[]}";

        assertThat(sent(stored, ",'store':false", OPENAI).dropped()).containsExactly("input[].reasoning");
        assertThat(sent(stored + FOREIGN, ",'store':false", OPENAI).dropped())
                .containsExactlyInAnyOrder("input[].reasoning", "input[].encrypted_content");
        assertThat(sent(stored, "", OPENAI).dropped()).isEmpty();
    }
}
