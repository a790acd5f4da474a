package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The JSON Schema of a tool's arguments, which each vendor takes in its own subset. */
class ToolSchemasTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private static EncodedRequest sent(DialectCodec from, DialectCodec to, ModelTraits traits, String tools) {
        return sent(from, to, traits, tools, "");
    }

    private static EncodedRequest sent(
            DialectCodec from, DialectCodec to, ModelTraits traits, String tools, String others) {
        String said =
                from == RESPONSES ? "'input':'hi'" : "'max_tokens':99,'messages':[{'role':'user','content':'hi'}]";
        String body = "{'model':'m'," + said + ",'tools':[" + tools + "]" + others + "}";
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return to.encodeRequest(from.decodeRequest(bytes), new Target("p", "wire", traits));
    }

    private static JsonNode tools(EncodedRequest request) {
        return Json.parse(request.body()).get("tools");
    }

    private static JsonNode schema(EncodedRequest request) {
        JsonNode tool = tools(request).get(0);
        return tool.has("function") ? tool.get("function").get("parameters") : tool.get("parameters");
    }

    private static String ofMessages(String schema) {
        return "{'name':'f','input_schema':" + schema + "}";
    }

    /** OpenAI: "object schema missing properties" and "array schema missing items", for the whole request. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {'type':'object'} | {'type':'object','properties':{}}
        {'type':'object','additionalProperties':false} | {'type':'object','additionalProperties':false,'properties':{}}
        {'type':'object','properties':{'a':{'type':'array'}}} | {'type':'object','properties':{'a':{'type':'array','items':{}}}}
        {'type':'object','properties':{'a':{'type':['array','null']}}} | {'type':'object','properties':{'a':{'type':['array','null'],'items':{}}}}
        {'type':'object','properties':{'a':{'type':'array','items':{'type':'array'}}}} | {'type':'object','properties':{'a':{'type':'array','items':{'type':'array','items':{}}}}}
        {'type':'object','properties':{'a':{'anyOf':[{'type':'array'}]}}} | {'type':'object','properties':{'a':{'anyOf':[{'type':'array','items':{}}]}}}
        {'type':'object','properties':{},'$defs':{'a':{'type':'array'}}} | {'type':'object','properties':{},'$defs':{'a':{'type':'array','items':{}}}}
        """)
    void openAiIsToldWhatASchemaLeavesUnsaid(String asked, String written) {
        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            EncodedRequest request = sent(MESSAGES, to, ModelTraits.openAi(), ofMessages(asked));

            assertThat(schema(request)).isEqualTo(json(written));
            assertThat(request.dropped()).isEmpty();
        }
    }

    @Test
    void whatOnlyLooksLikeASchemaStaysAsItIs() {
        String schema = "{'type':'object','properties':{'type':{'type':'object','default':{'type':'array'}},"
                + "'properties':{'enum':[{'type':'array'}]}}}";
        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            assertThat(schema(sent(MESSAGES, to, ModelTraits.openAi(), ofMessages(schema))))
                    .isEqualTo(json(schema));
        }
    }

    @Test
    void aCallerOfTheSameFormatIsBelievedToKnow() {
        String chat = "{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}";
        String responses = "{'type':'function','name':'f','parameters':{'type':'object'}}";

        assertThat(schema(sent(CHAT, CHAT, ModelTraits.openAi(), chat))).isEqualTo(json("{'type':'object'}"));
        assertThat(schema(sent(RESPONSES, RESPONSES, ModelTraits.openAi(), responses)))
                .isEqualTo(json("{'type':'object'}"));
    }

    private static String ofChat(String schema) {
        return "{'type':'function','function':{'name':'f','strict':true,'parameters':" + schema + "}}";
    }

    private static String ofResponses(String schema) {
        return "{'type':'function','name':'f','strict':true,'parameters':" + schema + "}";
    }

    /** Anthropic: "tools.0.custom: For 'integer' type, properties maximum, minimum are not supported". */
    @Test
    void strictToolsOfAnthropicLoseTheBoundsThatItRefusesAndAreClosed() {
        String asked = "{'type':'object','properties':{'n':{'type':'integer','minimum':0,'maximum':9},"
                + "'l':{'type':'array','items':{'type':'string','minLength':1},'minItems':2},"
                + "'u':{'anyOf':[{'type':'number','multipleOf':2},{'type':'null'}]},"
                + "'o':{'type':'object','properties':{'maximum':{'type':'string','pattern':'^a'}}}},"
                + "'required':['n','l','u','o'],'additionalProperties':false}";
        JsonNode written = json("{'type':'object','properties':{'n':{'type':'integer'},"
                + "'l':{'type':'array','items':{'type':'string'}},"
                + "'u':{'anyOf':[{'type':'number'},{'type':'null'}]},"
                + "'o':{'type':'object','properties':{'maximum':{'type':'string','pattern':'^a'}},"
                + "'additionalProperties':false}},'required':['n','l','u','o'],'additionalProperties':false}");

        EncodedRequest chat = sent(CHAT, MESSAGES, ModelTraits.anthropic(), ofChat(asked));
        EncodedRequest responses = sent(RESPONSES, MESSAGES, ModelTraits.anthropic(), ofResponses(asked));

        for (EncodedRequest request : List.of(chat, responses)) {
            assertThat(tools(request).get(0).get("input_schema")).isEqualTo(written);
            assertThat(tools(request).get(0).get("strict")).isEqualTo(json("true"));
        }
        assertThat(responses.dropped())
                .containsExactlyInAnyOrder(
                        "tools[0].parameters.minimum",
                        "tools[0].parameters.maximum",
                        "tools[0].parameters.minLength",
                        "tools[0].parameters.minItems",
                        "tools[0].parameters.multipleOf");
        assertThat(chat.dropped())
                .hasSize(5)
                .contains("tools[0].function.parameters.minimum", "tools[0].function.parameters.minItems");
    }

    @Test
    void aStrictToolWithoutArgumentsIsClosedToo() {
        EncodedRequest request =
                sent(RESPONSES, MESSAGES, ModelTraits.anthropic(), "{'type':'function','name':'f','strict':true}");

        assertThat(tools(request).get(0).get("input_schema"))
                .isEqualTo(json("{'type':'object','properties':{},'additionalProperties':false}"));
        assertThat(request.dropped()).isEmpty();
    }

    private static String byDefault(String schema) {
        return "{'type':'function','name':'f','parameters':" + schema + "}";
    }

    /**
     * OpenAI: "Responses requests will attempt to normalize your schema into strict mode when possible"; Chat Completions are "non-strict
     * by default".
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false} | {'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false}
        {'type':'object','properties':{'a':{'type':'string'}},'required':['a']} | {'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false}
        {'type':'object','properties':{'a':{'type':'object','properties':{'b':{'type':'null'}},'required':['b']}},'required':['a']} | {'type':'object','properties':{'a':{'type':'object','properties':{'b':{'type':'null'}},'required':['b'],'additionalProperties':false}},'required':['a'],'additionalProperties':false}
        {} | {'type':'object','properties':{},'additionalProperties':false,'required':[]}
        """)
    void aFunctionOfResponsesIsStrictInChatUnlessItSaysOtherwise(String asked, String written) {
        EncodedRequest request = sent(RESPONSES, CHAT, ModelTraits.openAi(), byDefault(asked));

        assertThat(schema(request)).isEqualTo(json(written));
        assertThat(tools(request).at("/0/function/strict").booleanValue(false)).isTrue();
        assertThat(request.dropped()).isEmpty();
    }

    /** What is optional stays so, and an object of any properties, too: OpenAI would change them without being asked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','properties':{'a':{'type':'string'}}}",
                "{'type':'object','properties':{'a':{'type':'object'}},'required':['a']}",
                "{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':true}",
                "{'type':'object','properties':{'a':{'type':'string','minLength':1}},'required':['a']}",
                "{'type':'object','properties':{'a':{'type':'string'}},'required':['a','zz']}",
                "{'type':'object','properties':{'a':true},'required':['a']}",
                "{'type':'object','properties':{'a':{'type':'array','items':true}},'required':['a']}",
                "{'type':'object','properties':{'a':{'type':'string','$ref':'#/$defs/s'}},'required':['a'],'$defs':{'s':{'type':'string'}}}",
                "{'type':'object','properties':{'a':{'type':'string','pattern':'^(?!x)'}},'required':['a']}"
            })
    void aFunctionOfResponsesThatCannotBeStrictAsItIsIsNamed(String asked) {
        EncodedRequest request = sent(RESPONSES, CHAT, ModelTraits.openAi(), byDefault(asked));

        assertThat(tools(request).at("/0/function").has("strict")).isFalse();
        assertThat(request.dropped()).containsExactly("tools[0].strict");
        EncodedRequest own = sent(RESPONSES, RESPONSES, ModelTraits.openAi(), byDefault(asked));
        assertThat(schema(own)).isEqualTo(json(asked));
        assertThat(own.dropped()).isEmpty();
    }

    @Test
    void whereNobodyEnforcesThatAFunctionOfResponsesIsStrictItIsNamed() {
        String closed = "{'type':'object','properties':{'a':{'type':'string'}},'required':['a']}";
        ModelTraits copy =
                ModelTraits.openAi().toBuilder().acceptsOpenAiExtras(false).build();

        for (EncodedRequest request : List.of(
                sent(RESPONSES, CHAT, copy, byDefault(closed)),
                sent(RESPONSES, MESSAGES, ModelTraits.anthropic(), byDefault(closed)))) {
            assertThat(tools(request).toString()).doesNotContain("strict", "additionalProperties");
            assertThat(request.dropped()).containsExactly("tools[0].strict");
        }
    }

    @Test
    void whoSaysThatAFunctionIsNotStrictLosesNothing() {
        String open = "{'type':'function','name':'f','strict':false,'parameters':{'type':'object','properties':{}}}";
        String custom = "{'type':'custom','name':'f'}";
        ModelTraits copy =
                ModelTraits.openAi().toBuilder().acceptsOpenAiExtras(false).build();

        for (String tool : List.of(open, custom)) {
            assertThat(sent(RESPONSES, CHAT, copy, tool).dropped()).isEmpty();
            assertThat(sent(RESPONSES, CHAT, ModelTraits.openAi(), tool).dropped())
                    .isEmpty();
            assertThat(sent(RESPONSES, MESSAGES, ModelTraits.anthropic(), tool).dropped())
                    .isEmpty();
        }
    }

    @Test
    void toolsThatAreNotStrictKeepTheirBounds() {
        String schema = "{'type':'object','properties':{'n':{'type':'integer','minimum':0}}}";
        for (String strict : List.of("", ",'strict':false")) {
            EncodedRequest request = sent(
                    CHAT,
                    MESSAGES,
                    ModelTraits.anthropic(),
                    "{'type':'function','function':{'name':'f','parameters':" + schema + strict + "}}");

            assertThat(tools(request).get(0).get("input_schema")).isEqualTo(json(schema));
            assertThat(request.dropped()).isEmpty();
        }
    }

    /** Anthropic: "'claude-sonnet-4-20250514' does not support strict tools." */
    @ParameterizedTest
    @EnumSource(names = "NATIVE", mode = EnumSource.Mode.EXCLUDE)
    void aModelWithoutStrictToolsGetsTheSchemaAsItIs(ModelTraits.JsonSchemaMode mode) {
        ModelTraits older = ModelTraits.anthropic().toBuilder().jsonSchema(mode).build();
        String schema = "{'type':'object','properties':{'n':{'type':'integer','minimum':0}}}";

        EncodedRequest chat = sent(CHAT, MESSAGES, older, ofChat(schema));
        EncodedRequest responses = sent(RESPONSES, MESSAGES, older, ofResponses(schema));

        assertThat(tools(chat).get(0).get("input_schema")).isEqualTo(json(schema));
        assertThat(tools(chat).get(0).has("strict")).isFalse();
        assertThat(chat.dropped()).containsExactly("tools[0].function.strict");
        assertThat(responses.dropped()).containsExactly("tools[0].strict");
    }

    /** Anthropic takes 20 strict tools, and 24 optional parameters and 16 unions in all strict schemas of a request. */
    @ParameterizedTest
    @CsvSource({"20,0,0,true", "21,0,0,false", "2,24,0,true", "2,25,0,false", "2,0,16,true", "2,0,17,false"})
    void moreStrictToolsThanAnthropicTakesAreNotStrict(int count, int optional, int unions, boolean strict) {
        List<String> tools = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String properties = i == 0 ? parameters(optional, unions) : "";
            tools.add(
                    "{'type':'function','name':'f" + i + "','strict':true,'parameters':{'type':'object','properties':{"
                            + properties + "},'required':" + names(unions) + ",'additionalProperties':false}}");
        }

        EncodedRequest request = sent(RESPONSES, MESSAGES, ModelTraits.anthropic(), String.join(",", tools));

        assertThat(tools(request))
                .hasSize(count)
                .allSatisfy(tool -> assertThat(tool.has("strict")).isEqualTo(strict));
        assertThat(request.dropped()).hasSize(strict ? 0 : count);
        assertThat(strict || request.dropped().contains("tools[0].strict")).isTrue();
    }

    private static String parameters(int optional, int unions) {
        return IntStream.range(0, optional + unions)
                .mapToObj(
                        i -> i < unions ? "'u" + i + "':{'type':['string','null']}" : "'p" + i + "':{'type':'string'}")
                .collect(Collectors.joining(","));
    }

    private static String names(int unions) {
        return IntStream.range(0, unions).mapToObj(i -> "'u" + i + "'").collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void theSchemaOfTheAnswerCountsAmongTheStrictOnes() {
        String format = ",'text':{'format':{'type':'json_schema','name':'n','schema':{'type':'object','properties':{"
                + parameters(0, 16) + "}}}}";
        String tool = ofResponses("{'type':'object','properties':{" + parameters(0, 1) + "},'required':['u0']}");

        EncodedRequest request = sent(RESPONSES, MESSAGES, ModelTraits.anthropic(), tool, format);

        assertThat(tools(request).get(0).has("strict")).isFalse();
        assertThat(request.dropped()).contains("tools[0].strict");
    }

    @Test
    void aCallerOfMessagesIsBelievedToKnowWhatIsStrict() {
        String tool = "{'name':'f','strict':true,'input_schema':{'type':'object','properties':{'n':{'type':'integer',"
                + "'minimum':0}}}}";

        EncodedRequest request = sent(MESSAGES, MESSAGES, ModelTraits.anthropic(), tool);

        assertThat(tools(request)).isEqualTo(json("[" + tool + "]"));
        assertThat(request.dropped()).isEmpty();
    }

    private static boolean isStrict(EncodedRequest request) {
        JsonNode tool = tools(request).get(0);
        return tool.path("function").path("strict").asBoolean(false)
                || tool.path("strict").asBoolean(false);
    }

    private static String strictOfMessages(String schema) {
        return "{'name':'f','strict':true,'input_schema':" + schema + "}";
    }

    /** OpenAI: "'required' is required to be supplied and to be an array including every key in properties", and the like. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'properties':{'a':{'type':'string'},'b':{'type':'string'}},'required':['a'],'additionalProperties':false",
                "'properties':{'a':{'type':'string'}},'additionalProperties':false",
                "'properties':{'a':{'type':'string'}},'required':['a']",
                "'properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':true",
                "'properties':{'a':{'type':'object','properties':{'b':{'type':'string'}},'additionalProperties':false}},"
                        + "'required':['a'],'additionalProperties':false",
                "'properties':{'a':{'type':'array','items':{'type':'object','properties':{}}}},'required':['a'],"
                        + "'additionalProperties':false",
                "'properties':{'a':{'type':'array'}},'required':['a'],'additionalProperties':false",
                "'properties':{'a':{'enum':['x']}},'required':['a'],'additionalProperties':false",
                "'properties':{'a':{'type':'string','default':'x'}},'required':['a'],'additionalProperties':false",
                "'properties':{'a':{'type':'string','format':'uri'}},'required':['a'],'additionalProperties':false",
                "'properties':{'a':{'allOf':[{'type':'string'}]}},'required':['a'],'additionalProperties':false",
                "'properties':{'a':{'$ref':'#/$defs/b','description':'B.'}},'required':['a'],"
                        + "'additionalProperties':false,'$defs':{'b':{'type':'string'}}"
            })
    void aSchemaThatOpenAiRefusesToEnforceIsNotStrictThere(String members) {
        String schema = "{'type':'object'," + members + "}";
        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            EncodedRequest request = sent(MESSAGES, to, ModelTraits.openAi(), strictOfMessages(schema));

            assertThat(isStrict(request)).isFalse();
            assertThat(request.dropped()).containsExactly("tools[0].strict");
        }
    }

    @Test
    void aSchemaThatOpenAiEnforcesStaysStrict() {
        String schema =
                "{'$schema':'http://json-schema.org/draft-07/schema#','type':'object','title':'T','properties':{"
                        + "'a':{'type':['string','null'],'format':'date','description':'A.'},"
                        + "'b':{'type':'array','items':{'$ref':'#/$defs/c'},'minItems':1},"
                        + "'c':{'anyOf':[{'type':'integer','enum':[1,2]},{'type':'null'}]}},'required':['a','b','c'],"
                        + "'additionalProperties':false,'$defs':{'c':{'type':'object','properties':{},'required':[],"
                        + "'additionalProperties':false}}}";
        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            EncodedRequest request = sent(MESSAGES, to, ModelTraits.openAi(), strictOfMessages(schema));

            assertThat(isStrict(request)).isTrue();
            assertThat(schema(request)).isEqualTo(json(schema));
            assertThat(request.dropped()).isEmpty();
        }
    }

    @Test
    void aCallerOfOpenAisFormatsIsBelievedToKnowWhatIsStrict() {
        String schema = "{'type':'object','properties':{'a':{'type':'string'}}}";

        assertThat(isStrict(sent(CHAT, RESPONSES, ModelTraits.openAi(), ofChat(schema))))
                .isTrue();
        assertThat(isStrict(sent(RESPONSES, CHAT, ModelTraits.openAi(), ofResponses(schema))))
                .isTrue();
    }
}
