package dev.llmgateway.ir.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A schema that is enforced by a forced tool leaves the caller's own tool choice its meaning. */
class StructuredAnswerTest {

    private static final Target TARGET = new Target(
            "anthropic",
            "claude-old",
            ModelTraits.anthropic().toBuilder()
                    .jsonSchema(ModelTraits.JsonSchemaMode.TOOL)
                    .build());

    private static JsonNode sent(ToolChoice choice) {
        ChatRequest request = ChatRequest.builder("m")
                .user("x")
                .outputFormat(new OutputFormat.JsonSchema(null, null, TestData.json("{'type':'object'}"), null))
                .toolUse(new ToolUse(List.of(new Tool.Function("look", null, null)), choice, null))
                .build();
        return TestData.json(TestData.CODEC.encodeRequest(request, TARGET).body());
    }

    @Test
    void noToolOfTheCallersIsOfferedWhereItWantsNone() {
        JsonNode body = sent(ToolChoice.NONE);

        assertThat(body.get("tools")).hasSize(1);
        assertThat(body.get("tool_choice"))
                .isEqualTo(TestData.json("{'type':'tool','name':'gateway_structured_answer'}"));
    }

    @Test
    void theCallersToolIsForcedWhereItSaysSo() {
        JsonNode body = sent(ToolChoice.named("look"));

        assertThat(body.get("tools")).hasSize(1);
        assertThat(body.get("tool_choice")).isEqualTo(TestData.json("{'type':'tool','name':'look'}"));
        assertThat(sent(ToolChoice.REQUIRED).get("tool_choice")).isEqualTo(TestData.json("{'type':'any'}"));
        assertThat(sent(ToolChoice.REQUIRED).get("tools")).hasSize(1);
    }
}
