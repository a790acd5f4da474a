package dev.llmgateway.compliance.stage;

import static dev.llmgateway.compliance.stage.GatedResponses.REQUEST;
import static dev.llmgateway.compliance.stage.GatedResponses.TOKEN;
import static dev.llmgateway.compliance.stage.GatedResponses.provider;
import static dev.llmgateway.compliance.stage.ResponsesFrames.json;
import static dev.llmgateway.compliance.stage.ResponsesFrames.message;
import static dev.llmgateway.compliance.stage.ResponsesFrames.response;
import static dev.llmgateway.compliance.stage.ResponsesFrames.stream;
import static dev.llmgateway.compliance.stage.ResponsesFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.TextFilter;
import dev.llmgateway.compliance.stage.ResponsesFrames.Recording;
import dev.llmgateway.ir.ChatEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of a stream of Responses that no event tells of. */
class UntoldTextsTest {

    private final GatedResponses gateway = new GatedResponses();

    @ParameterizedTest
    @ValueSource(strings = {"\"novel\":\"TOKEN\"", "\"novel\":{\"deep\":[\"TOKEN\"]}", "\"TOKEN\":1"})
    void aFrameThatOnlyTheVendorKnowsDoesNotPassWithASecret(String members) {
        Recording out = new Recording();
        out.frame("response.created", "\"response\":" + response("in_progress", ""));
        out.frame("response.novel", members.replace("TOKEN", TOKEN));
        out.frame("response.novel", "\"novel\":\"harmless\"");
        out.frame("response.completed", "\"response\":" + response("completed", ""));

        String sent = new String(gateway.gated(Action.REDACT, out.bytes()), StandardCharsets.UTF_8);

        assertThat(sent).doesNotContain(TOKEN).contains("harmless");
    }

    private static String place(int item) {
        return "\"item_id\":\"msg_" + item + "\",\"output_index\":" + item + ",\"content_index\":0,";
    }

    /** What is told of a text may not have been let pass yet, and another text's message does not wait for that. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "response.output_text.delta,\"delta\":\"on. \"",
                "response.output_text.annotation.added,\"annotation\":{\"type\":\"novel\"}",
                "response.novel,\"delta\":\"\""
            })
    void aTextThatIsHeldBackIsNotToldByAnothersMessage(String told) {
        String type = told.substring(0, told.indexOf(','));
        Recording out = new Recording();
        out.frame("response.created", "\"response\":" + response("in_progress", ""));
        for (int i = 0; i < 9; i++) {
            String item = message("in_progress", "").replace("msg_1", "msg_" + i);
            out.frame("response.output_item.added", "\"output_index\":" + i + ",\"item\":" + item);
            out.frame("response.content_part.added", place(i) + "\"part\":" + text(""));
            String text = i == 3 ? "Ask jane.doe@example.org" : i == 8 ? "Well, " : "Use gh" + i;
            out.frame("response.output_text.delta", place(i) + "\"delta\":" + json(text) + ",\"logprobs\":[]");
        }
        String novel = place(8) + "\"novel\":" + json("Ask jane.doe@example.org");
        out.frame(type, novel + told.substring(type.length()));
        out.frame("response.output_text.done", place(0) + "\"text\":\"Use gh0\",\"logprobs\":[]");
        out.frame("response.completed", "\"response\":" + response("completed", ""));

        assertThat(new String(gateway.gated(Action.REDACT, out.bytes()), StandardCharsets.UTF_8))
                .doesNotContain("jane")
                .contains("Ask [REDACTED]");
    }

    /** Of a long text, only the pieces are looked at. */
    @Test
    void repeatedTextsAreNotLookedAtAgain() {
        List<String> looked = new ArrayList<>();
        Treatment counting = new Treatment() {
            @Override
            public TextFilter open(String place, boolean isJson, TextFilter.Output output) {
                throw new IllegalStateException();
            }

            @Override
            public boolean replaces() {
                return true;
            }

            @Override
            public String whole(String place, String text) {
                looked.add(text);
                return text;
            }
        };
        UntoldTexts untold = new UntoldTexts(counting);
        ChatStream checked = new CheckedWire(
                provider(
                        stream(List.of("I think."), List.of("All is well", " today."), List.of("{\"a\"", ":1}")),
                        false),
                REQUEST.dialect(),
                untold);
        checked.forEach(event -> {
            if (event instanceof ChatEvent.Vendor vendor && vendor.wire().form() != null) {
                assertThat(untold.mayPass(vendor.wire().form())).isTrue();
            }
        });

        assertThat(looked)
                .noneMatch(text -> text.contains("All is well"))
                .noneMatch(text -> text.contains("I think"))
                .noneMatch(text -> text.contains("{\"a\":1}"));
        assertThat(looked.stream().filter(text -> text.contains("Be brief"))).hasSize(1);
    }
}
