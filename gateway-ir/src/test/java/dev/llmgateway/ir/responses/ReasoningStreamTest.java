package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.Responses.decode;
import static dev.llmgateway.ir.responses.Responses.fold;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Content;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A streamed reasoning is told whole and once, wherever its frames tell it. */
class ReasoningStreamTest {

    private static final String ITEM = "{'type':'reasoning','id':'rs','summary':[%s]}";
    private static final String ADDED =
            "{'type':'response.output_item.added','output_index':0,'item':" + ITEM.formatted("") + "}";

    private static String delta(int index, String text) {
        return summary("delta", index, "delta", text);
    }

    private static String done(int index, String text) {
        return summary("done", index, "text", text);
    }

    private static String summary(String event, int index, String member, String text) {
        return "{'type':'response.reasoning_summary_text." + event
                + "','item_id':'rs','output_index':0,'summary_index':" + index + ",'" + member + "':'" + text + "'}";
    }

    private static String itemDone(String... texts) {
        return "{'type':'response.output_item.done','output_index':0,'item':" + item(texts) + "}";
    }

    private static String item(String... texts) {
        List<String> parts = new ArrayList<>();
        for (String text : texts) {
            parts.add("{'type':'summary_text','text':'" + text + "'}");
        }
        return ITEM.formatted(String.join(",", parts));
    }

    private static String completed(String... items) {
        return "{'type':'response.completed','response':{'status':'completed','output':[" + String.join(",", items)
                + "]}}";
    }

    private static void assertTold(String... frames) {
        Content.Reasoning reasoning =
                (Content.Reasoning) fold(decode(frames)).first().content().getFirst();
        assertThat(reasoning.text()).isEqualTo("One\n\nTwo");
    }

    @Test
    void aPartOfTheSummaryThatOnlyTheItemTellsIsTold() {
        assertTold(ADDED, delta(0, "One"), done(0, "One"), itemDone("One", "Two"), completed());
        assertTold(ADDED, delta(0, "On"), itemDone("One", "Two"), completed());
        assertTold(ADDED, delta(0, "One"), delta(1, "T"), completed(item("One", "Two")));
        assertTold(ADDED, itemDone("One", "Two"), completed(item("One", "Two")));
    }

    @Test
    void theRestThatOnlyComesWhenAPartIsDoneIsTold() {
        assertTold(ADDED, delta(0, "O"), done(0, "One"), done(1, "Two"), itemDone("One", "Two"), completed());
    }

    @Test
    void partsThatAreDoneLaterAreNotToldTwice() {
        assertTold(
                ADDED,
                delta(0, "One"),
                delta(1, "Two"),
                done(0, "One"),
                done(1, "Two"),
                itemDone("One", "Two"),
                completed(item("One", "Two")));
    }

    @Test
    void whatTheItemSpellsOrDividesOtherwiseIsNotToldTwice() {
        assertTold(ADDED, delta(0, "One"), delta(1, "Two"), itemDone("one", "Two", "Three"), completed());
        assertTold(ADDED, delta(0, "One\\n\\nTwo"), itemDone("One", "Two"), completed());
    }

    @Test
    void whatWasShownFirstStays() {
        String content = "{'type':'response.reasoning_text.delta','output_index':0,'content_index':0,'delta':'One'}";
        String both = item("In short").replace("}]", "}],'content':[{'text':'One'},{'text':'Two'}]");

        assertTold(ADDED, content, delta(0, "In"), completed(both));
    }
}
