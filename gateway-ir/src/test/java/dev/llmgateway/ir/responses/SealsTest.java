package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.Responses.CAPABLE;
import static dev.llmgateway.ir.responses.Responses.CODEC;
import static dev.llmgateway.ir.responses.Responses.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.sse.SseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What OpenAI sealed, between a client and providers that both speak Responses. */
class SealsTest {

    private static final Target ELSEWHERE = new Target("azure", "m", ModelTraits.openAi());

    private static final ChatRequest REQUEST =
            CODEC.decodeRequest("{\"model\":\"m\",\"input\":\"x\"}".getBytes(StandardCharsets.UTF_8));

    private static String sent(String input, Target target) {
        byte[] body = ("{'model':'m', 'input':" + input + ", 'novel': {'x' :1}}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        return new String(CODEC.encodeRequest(CODEC.decodeRequest(body), target).body(), StandardCharsets.UTF_8)
                .replace('"', '\'');
    }

    @Test
    void aStreamGoesOutAsItCameButForTheLabels() {
        List<ChatEvent> events = Responses.decode(
                "{'type':'response.created','response':{'id':'r','model':'m'}}",
                "{'type':'response.output_item.added','output_index':0,'item':{'type':'reasoning','id':'rs',"
                        + "'summary':[],'encrypted_content':'early'}}",
                "{'type':'response.output_item.done','output_index':0,'item':{'type':'reasoning','id':'rs',"
                        + "'summary':[],'encrypted_content':'final','novel':1}}",
                "{'type':'response.completed','response':{'status':'completed','output':[{'type':'reasoning','id':'rs',"
                        + "'summary':[],'encrypted_content':'final'}]}}");

        assertThat(shown(events))
                .contains("'encrypted_content':'gw1.o.openai.early'")
                .contains("'encrypted_content':'gw1.o.openai.final','novel':1")
                .doesNotContain("'early'", "'final'");
    }

    private static String shown(List<ChatEvent> events) {
        EventEncoder encoder = CODEC.eventEncoder(REQUEST);
        SseBuffer out = new SseBuffer();
        for (ChatEvent event : events) {
            encoder.encode(
                    event instanceof ChatEvent.Started start
                            ? start.answeredBy(new Origin("openai", "m", List.of()), 0)
                            : event,
                    out);
        }
        encoder.finish(out);
        return text(out.toByteArray());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8).replace('"', '\'');
    }

    /** A text was changed, so that the vendor's own items are all that is left of the provider's bytes. */
    @Test
    void whatIsWrittenAnewHasTheLabelsToo() {
        String compaction = "{'type':'compaction','id':'c','encrypted_content':'sealed'}";
        List<ChatEvent> events = Responses.decode(
                "{'type':'response.created','response':{'id':'r','model':'m'}}",
                "{'type':'response.output_item.added','output_index':0,'item':{'type':'message','id':'msg',"
                        + "'role':'assistant','content':[]}}",
                "{'type':'response.content_part.added','output_index':0,'content_index':0,'part':"
                        + "{'type':'output_text','text':''}}",
                "{'type':'response.output_text.delta','output_index':0,'content_index':0,'delta':'Hi'}",
                "{'type':'response.output_text.done','output_index':0,'content_index':0,'text':'Hi'}",
                "{'type':'response.output_item.done','output_index':0,'item':{'type':'message','id':'msg',"
                        + "'role':'assistant','content':[{'type':'output_text','text':'Hi'}]}}",
                "{'type':'response.output_item.added','output_index':1,'item':" + compaction + "}",
                "{'type':'response.output_item.done','output_index':1,'item':" + compaction + "}",
                "{'type':'response.completed','response':{'status':'completed','output':[{'type':'message','id':'msg',"
                        + "'role':'assistant','content':[{'type':'output_text','text':'Hi'}]}," + compaction + "]}}");
        List<ChatEvent> changed = events.stream()
                .map(event -> event instanceof ChatEvent.Delta delta ? delta.withText("Ho") : event)
                .toList();

        assertThat(shown(changed))
                .contains("'delta':'Ho'", "'encrypted_content':'gw1.o.openai.sealed'")
                .doesNotContain("'encrypted_content':'sealed'");
    }

    @Test
    void aClientsOwnBytesGoOutWithoutTheLabels() {
        String mine = "{'type':'reasoning','summary':[],'encrypted_content':'gw1.o.openai.mine'}";
        String theirs = "{'type':'reasoning','summary':[],'encrypted_content':'gw1.o.azure.theirs'}";
        String claudes = "{'type':'reasoning','summary':[],'encrypted_content':'gw1.a.claude.other'}";
        String signed = "{'type':'reasoning','summary':[],'encrypted_content':'gw1.a.openai.other'}";
        String input = "[{'role':'user','content':'x'}," + mine + "," + theirs + "," + claudes + "," + signed + "]";

        assertThat(sent(input, CAPABLE))
                .contains("'encrypted_content':'mine'")
                .endsWith(", 'novel': {'x' :1}}")
                .doesNotContain("gw1.", "theirs", "other");
        assertThat(sent(input, ELSEWHERE))
                .contains("'encrypted_content':'theirs'")
                .doesNotContain("gw1.", "mine", "other");
    }

    @Test
    void whatIsSealedInOtherItemsHasALabelTooAndGoesNowhereElse() {
        String compaction = "{'type':'compaction','encrypted_content':'gw1.o.openai.sealed'}";
        String input = "[{'role':'user','content':'x'}," + compaction + ",{'role':'user','content':'y'}]";

        assertThat(Seals.label(json("{'type':'compaction','encrypted_content':'sealed'}"), "openai"))
                .isEqualTo(json(compaction));
        assertThat(Seals.label(json("{'encrypted_content':''}"), "openai")).isEqualTo(json("{'encrypted_content':''}"));
        assertThat(sent(input, CAPABLE)).contains("'encrypted_content':'sealed'");
        ChatRequest anew = CODEC
                .decodeRequest(("{'model':'m','input':" + input + "}")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8))
                .toBuilder()
                .build();
        assertThat(text(CODEC.encodeRequest(anew, CAPABLE).body())).contains("'encrypted_content':'sealed'");
        assertThatThrownBy(() -> sent(input, ELSEWHERE))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageContaining("compaction");
    }

    @Test
    void aWholeAnswerGoesOutAsItCameButForTheLabels() {
        String output = "[{'type':'reasoning','id':'rs','summary':[],'encrypted_content':'%s'},"
                + "{'type':'compaction','id':'c','encrypted_content':'%s'}]";
        String body = "{'id':'r','model':'m','status':'completed','output':%s,'novel':{'x':1}}";
        byte[] json = body.formatted(output.formatted("mine", "sealed"))
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        ChatResponse answer = CODEC.decodeResponse(json, CAPABLE).answeredBy(new Origin("openai", "m", List.of()), 0);
        String labelled = output.formatted("gw1.o.openai.mine", "gw1.o.openai.sealed");

        assertThat(text(CODEC.encodeResponse(answer, REQUEST))).isEqualTo(body.formatted(labelled));
        assertThat(text(CODEC.encodeResponse(answer.withChoices(answer.choices()), REQUEST)))
                .contains("'encrypted_content':'gw1.o.openai.mine'", "'encrypted_content':'gw1.o.openai.sealed'");
    }

    @Test
    void aTokenThatAClientGotFromOpenAiItselfStaysAsItIs() {
        String raw = "{'type':'reasoning','summary':[],'encrypted_content':'raw'}";
        String labelled = "{'type':'reasoning','summary':[],'encrypted_content':'gw1.o.openai.mine'}";
        String input = "[" + raw + ", {'role':'user','content':'x'}]";

        assertThat(sent(input, CAPABLE)).contains(input);
        assertThat(sent(input.replace("[{", "[" + labelled + ",{"), CAPABLE)).contains(raw, "'mine'");
    }
}
