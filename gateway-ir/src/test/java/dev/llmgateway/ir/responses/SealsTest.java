package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.Responses.CAPABLE;
import static dev.llmgateway.ir.responses.Responses.CODEC;
import static dev.llmgateway.ir.responses.Responses.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
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
        ChatRequest request = CODEC.decodeRequest("{\"model\":\"m\",\"input\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        EventEncoder encoder = CODEC.eventEncoder(request);
        SseBuffer out = new SseBuffer();
        for (ChatEvent event : events) {
            encoder.encode(
                    event instanceof ChatEvent.Started start
                            ? start.answeredBy(new Origin("openai", "m", List.of()), 0)
                            : event,
                    out);
        }
        encoder.finish(out);

        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8).replace('"', '\''))
                .contains("'encrypted_content':'gw1.o.openai.early'")
                .contains("'encrypted_content':'gw1.o.openai.final','novel':1")
                .doesNotContain("'early'", "'final'");
    }

    @Test
    void aClientsOwnBytesGoOutWithoutTheLabels() {
        String mine = "{'type':'reasoning','summary':[],'encrypted_content':'gw1.o.openai.mine'}";
        String theirs = "{'type':'reasoning','summary':[],'encrypted_content':'gw1.o.azure.theirs'}";
        String claudes = "{'type':'reasoning','summary':[],'encrypted_content':'gw1.a.claude.other'}";
        String input = "[{'role':'user','content':'x'}," + mine + "," + theirs + "," + claudes + "]";

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
        assertThat(sent(input, CAPABLE)).contains("'encrypted_content':'sealed'");
        assertThatThrownBy(() -> sent(input, ELSEWHERE))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageContaining("compaction");
    }

    @Test
    void aTokenThatAClientGotFromOpenAiItselfStaysAsItIs() {
        String input = "[{'type':'reasoning','summary':[],'encrypted_content':'raw'},{'role':'user','content':'x'}]";

        assertThat(sent(input, CAPABLE)).contains(input);
    }
}
