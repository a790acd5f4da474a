package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.CODEC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelListCodecTest {

    private static List<ModelInfo> models(String json) {
        return CODEC.decodeModels(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsOpenAisList() {
        assertThat(
                        models(
                                "{'object':'list','data':[{'id':'gpt-5','object':'model','created':1754425777,'owned_by':'system'},{'id':'x'}]}"))
                .containsExactly(
                        new ModelInfo("gpt-5", null, 1754425777, "system", null),
                        new ModelInfo("x", null, 0, null, null));
    }

    @Test
    void googlesPrefixIsTakenOff() {
        assertThat(models("{'data':[{'id':'models/gemini-3-pro','object':'model','owned_by':'google'}]}"))
                .extracting(ModelInfo::id)
                .containsExactly("gemini-3-pro");
    }

    @Test
    void readsTheLimitsThatCopiesTell() {
        assertThat(models("{'data':["
                        + "{'id':'groq','active':true,'context_window':131072,'max_completion_tokens':32768},"
                        + "{'id':'off','active':false},"
                        + "{'id':'vllm','max_model_len':4096},"
                        + "{'id':'deep_infra','metadata':{'context_length':163840,'max_tokens':8192}},"
                        + "{'id':'router','context_length':1000,'top_provider':{'max_completion_tokens':99999999999}},"
                        + "{'id':'odd','context_window':'a lot','max_completion_tokens':-1}]}"))
                .containsExactly(
                        new ModelInfo("groq", null, 0, null, null, 131072L, 32768),
                        new ModelInfo("vllm", null, 0, null, null, 4096L, null),
                        new ModelInfo("deep_infra", null, 0, null, null, 163840L, 8192),
                        new ModelInfo("router", null, 0, null, null, 1000L, null),
                        new ModelInfo("odd", null, 0, null, null, null, null));
    }

    @Test
    void aBareArrayIsAListToo() {
        assertThat(models("[{'id':'a','display_name':'A','shutdown_date':'2027-01-01'}]"))
                .containsExactly(new ModelInfo("a", "A", 0, null, "2027-01-01"));
    }

    @Test
    void whatIsWrittenReadsBackTheSame() {
        List<ModelInfo> models =
                List.of(new ModelInfo("a", "Model A", 5, "me", "2027-01-01"), new ModelInfo("b", null, 0, "me", null));

        assertThat(CODEC.decodeModels(CODEC.encodeModels(models))).isEqualTo(models);
        assertThat(Json.parse(CODEC.encodeModel(models.get(0))))
                .isEqualTo(Json.parse(CODEC.encodeModels(models)).at("/data/0"));
        assertThat(Json.parse(CODEC.encodeModels(models)).get("object").asString())
                .isEqualTo("list");
    }

    @Test
    void whatIsNoListIsMalformed() {
        assertThatThrownBy(() -> models("{}")).isInstanceOf(MalformedAnswerException.class);
        assertThatThrownBy(() -> models("oops")).isInstanceOf(MalformedAnswerException.class);
    }
}
