package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.json;
import static dev.llmgateway.ir.anthropic.Writing.LOOK;
import static dev.llmgateway.ir.anthropic.Writing.ask;
import static dev.llmgateway.ir.anthropic.Writing.write;
import static dev.llmgateway.ir.anthropic.Writing.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.UntranslatableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What tools, the choice among them and structured output become at Anthropic. */
class ToolsWritingTest {

    @Test
    void toolsAreWrittenWithASchemaInEveryCase() {
        Tool bare = new Tool.Function("bare", null, null);
        Tool untyped = new Tool.Function("untyped", null, json("{'properties':{'a':{}}}"));
        Tool text = new Tool.Custom("patch", "Patches.", null, Extras.NONE);
        Tool foreign = new Tool.Vendor(Dialect.OPENAI_CHAT, "web_search", json("{'type':'web_search'}"));
        EncodedRequest encoded = write(ask().toolUse(new ToolUse(List.of(bare, untyped, text, foreign), null, false)));
        assertThat(json(encoded.body()).get("tools"))
                .isEqualTo(json("[{'name':'bare','input_schema':{'type':'object','properties':{}}},"
                        + "{'name':'untyped','input_schema':{'type':'object','properties':{'a':{}}}},"
                        + "{'name':'patch','description':'Patches.','input_schema':{'type':'object',"
                        + "'properties':{'raw_arguments':{'type':'string'}},'required':['raw_arguments']}}]"));
        assertThat(json(encoded.body()).get("tool_choice"))
                .isEqualTo(json("{'type':'auto','disable_parallel_tool_use':true}"));
        assertThat(encoded.dropped()).containsExactly("tools[3]");
    }

    @Test
    void anEmptyToolListIsLeftOutTogetherWithTheChoice() {
        JsonNode body = written(ask().toolUse(new ToolUse(List.of(), ToolChoice.AUTO, false)));
        assertThat(body.has("tools")).isFalse();
        assertThat(body.has("tool_choice")).isFalse();
    }

    @Test
    void allowedToolsAreTheOnlyOnesOffered() {
        Tool other = new Tool.Function("other", null, null);
        JsonNode body = written(ask().toolUse(new ToolUse(
                List.of(LOOK, other), new ToolChoice(ToolChoice.Mode.ALLOWED_REQUIRED, List.of("other")), null)));
        assertThat(body.get("tools")).hasSize(1);
        assertThat(body.get("tools").get(0).get("name").stringValue()).isEqualTo("other");
        assertThat(body.get("tool_choice")).isEqualTo(json("{'type':'any'}"));
    }

    @Test
    void aToolThatAnotherVendorRunsCannotBeForced() {
        for (Dialect vendor : List.of(Dialect.OPENAI_RESPONSES, Dialect.OPENAI_CHAT)) {
            Tool search = new Tool.Vendor(vendor, "web_search", json("{'type':'web_search'}"));
            ToolUse forced = new ToolUse(List.of(LOOK, search), ToolChoice.named("web_search"), null);
            assertThatThrownBy(() -> write(ask().toolUse(forced)))
                    .isInstanceOf(UntranslatableException.class)
                    .hasMessageContaining("the tool \"web_search\" is run by its own vendor");
        }
    }

    @Test
    void aModelThatCannotBeForcedIsToldTo() {
        EncodedRequest encoded = write(
                ask().toolUse(new ToolUse(List.of(LOOK), ToolChoice.named("look"), null)),
                t -> t.acceptsForcedTool(false));
        assertThat(json(encoded.body()).get("tool_choice")).isEqualTo(json("{'type':'auto'}"));
        assertThat(json(encoded.body()).get("system").stringValue())
                .isEqualTo("You must answer by calling the tool \"look\".");
        assertThat(encoded.dropped()).containsExactly("tool_choice");
    }

    private static final OutputFormat SCHEMA = new OutputFormat.JsonSchema(
            "person",
            null,
            json("{'type':'object','properties':{'age':{'type':'integer','minimum':0},'tags':{'type':'array',"
                    + "'items':{'type':'object','properties':{'minimum':{'type':'string','maxLength':3}}}}}}"),
            true);

    @Test
    void aSchemaIsClosedAndLosesTheBoundsThatAnthropicRefuses() {
        EncodedRequest encoded = write(ask().outputFormat(SCHEMA));
        assertThat(json(encoded.body()).get("output_config").get("format"))
                .isEqualTo(
                        json("{'type':'json_schema','schema':{'type':'object','properties':{'age':{'type':'integer'},"
                                + "'tags':{'type':'array','items':{'type':'object','properties':{'minimum':{'type':'string'}},"
                                + "'additionalProperties':false}}},'additionalProperties':false}}"));
        assertThat(encoded.dropped())
                .containsExactly(
                        "response_format.json_schema.schema.minimum", "response_format.json_schema.schema.maxLength");
    }

    @Test
    void anOlderModelIsHeldToTheSchemaByAForcedTool() {
        EncodedRequest encoded = write(ask().outputFormat(SCHEMA), t -> t.jsonSchema(ModelTraits.JsonSchemaMode.TOOL));
        JsonNode body = json(encoded.body());
        assertThat(body.get("tool_choice")).isEqualTo(json("{'type':'tool','name':'gateway_structured_answer'}"));
        assertThat(body.get("tools").get(0).get("name").stringValue()).isEqualTo("gateway_structured_answer");
        assertThat(body.has("output_config")).isFalse();
        JsonNode withTools = json(write(
                        ask().outputFormat(SCHEMA).toolUse(new ToolUse(List.of(LOOK), null, null)),
                        t -> t.jsonSchema(ModelTraits.JsonSchemaMode.TOOL))
                .body());
        assertThat(withTools.get("tool_choice")).isEqualTo(json("{'type':'any'}"));
        assertThat(withTools.get("tools")).hasSize(2);
    }

    @Test
    void jsonWithoutASchemaIsAskedForInWords() {
        assertThat(written(ask().outputFormat(new OutputFormat.JsonObject()))
                        .get("system")
                        .stringValue())
                .contains("one JSON object");
        String told = json(write(ask().outputFormat(SCHEMA), t -> t.jsonSchema(ModelTraits.JsonSchemaMode.NONE))
                        .body())
                .get("system")
                .stringValue();
        assertThat(told).contains("JSON Schema").contains("\"age\"");
    }
}
