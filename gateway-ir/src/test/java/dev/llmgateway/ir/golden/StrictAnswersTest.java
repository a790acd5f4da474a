package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.SchemaEnforcement;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Anthropic holds every answer to its schema, OpenAI only when it is told to, and by rules of its own. */
class StrictAnswersTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    private static final String CLOSED =
            "{'type':'object','properties':{'a':{'type':'string'}},'required':['a']," + "'additionalProperties':false}";

    private static EncodedRequest sent(String format, DialectCodec to, ModelTraits traits) {
        String body = "{'model':'m','max_tokens':99,'messages':[{'role':'user','content':'hi'}]," + format + "}";
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        DialectCodec from = format.startsWith("'output_config'") ? MESSAGES : CHAT;
        return to.encodeRequest(from.decodeRequest(bytes), new Target("p", "wire", traits));
    }

    private static EncodedRequest sent(String format, DialectCodec to) {
        return sent(format, to, ModelTraits.openAi());
    }

    private static EncodedRequest ofMessages(String schema, DialectCodec to, ModelTraits traits) {
        return sent("'output_config':{'format':{'type':'json_schema','schema':" + schema + "}}", to, traits);
    }

    private static EncodedRequest ofMessages(String schema, DialectCodec to) {
        return ofMessages(schema, to, ModelTraits.openAi());
    }

    private static JsonNode strict(EncodedRequest request) {
        JsonNode body = Json.parse(request.body());
        return body.has("text") ? body.at("/text/format/strict") : body.at("/response_format/json_schema/strict");
    }

    @Test
    void anAnswerToACallerOfMessagesIsHeldToItsSchemaWhereOpenAiCan() {
        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            EncodedRequest closed = ofMessages(CLOSED, to);
            assertThat(strict(closed).booleanValue(false)).isTrue();
            assertThat(closed.dropped()).isEmpty();
            EncodedRequest optional = ofMessages(CLOSED.replace("['a']", "[]"), to);
            assertThat(strict(optional).isMissingNode()).isTrue();
            assertThat(optional.dropped()).containsExactly("output_config.format");
        }
    }

    /** Groq enforces no more than it is told to, and that at two models; who decodes by grammar need not be told. */
    @ParameterizedTest
    @CsvSource({"ALWAYS,,", "WHEN_STRICT,true,", "NEVER,,output_config.format"})
    void whereNothingHoldsTheAnswerToItsSchemaThatIsNamed(
            SchemaEnforcement when, @Nullable String strict, @Nullable String dropped) {
        ModelTraits copy = ModelTraits.openAi().toBuilder()
                .acceptsOpenAiExtras(false)
                .schemaEnforcement(when)
                .build();
        EncodedRequest sent = ofMessages(CLOSED, CHAT, copy);

        assertThat(Json.parse(sent.body()).at("/response_format/json_schema/schema"))
                .isEqualTo(Json.parse(CLOSED.replace('\'', '"')));
        assertThat(strict(sent).asString(null)).isEqualTo(strict);
        assertThat(sent.dropped()).isEqualTo(dropped == null ? List.of() : List.of(dropped));
    }

    @Test
    void aCallerOfOpenAisFormatsSaysItItself() {
        String format = "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':" + CLOSED + "}}";
        assertThat(strict(sent(format, RESPONSES)).isMissingNode()).isTrue();
        assertThat(sent(format, RESPONSES).dropped()).isEmpty();
    }

    private static EncodedRequest toAnthropic(String schema) {
        String format = "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':" + schema + "}}";
        String body = "{'model':'m','messages':[{'role':'user','content':'hi'}]," + format + "}";
        return MESSAGES.encodeRequest(
                CHAT.decodeRequest(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                new Target("p", "wire", ModelTraits.anthropic()));
    }

    /** Anthropic: "Circular reference detected in schema definitions". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','properties':{'a':{'$ref':'#'}}}",
                "{'type':'object','properties':{'a':{'$ref':'#'},'b':{'type':'string'}}}",
                "{'$anchor':'node','type':'object','properties':{'a':{'$ref':'#node'}}}",
                "{'$ref':'#node','$defs':{'n':{'$anchor':'node','type':'array','items':{'$ref':'#node'}}}}",
                "{'$ref':'#/$defs/a%20b','$defs':{'a b':{'type':'array','items':{'$ref':'#/$defs/a%20b'}}}}",
                "{'$ref':'#/$defs/n','$defs':{'n':{'type':'object','properties':{'a':{'$ref':'#/$defs/n'}}}}}",
                "{'$ref':'#/$defs/n','$defs':{'n':{'anyOf':[{'$ref':'#/$defs/m'}]},'m':{'type':'array','items':{'$ref':'#/$defs/n'}}}}"
            })
    void aSchemaThatRefersToItselfIsToldInWordsToAnthropic(String schema) {
        EncodedRequest sent = toAnthropic(schema);

        JsonNode body = Json.parse(sent.body());
        assertThat(body.has("output_config")).isFalse();
        assertThat(body.path("system").toString()).contains("$ref");
        assertThat(sent.dropped()).containsExactly("response_format.json_schema");
    }

    /** Closed, as Anthropic wants every object, there would be nothing left of it but {@code {}}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object'}",
                "{'type':'object','properties':{}}",
                "{'type':'object','additionalProperties':{'type':'string'}}",
                "{'type':'object','anyOf':[{'type':'object','properties':{'a':{'type':'string'}}}]}",
                "{'type':'object','properties':{'meta':{'type':['object','null']}},'required':['meta'],'additionalProperties':false}",
                "{'type':'object','properties':{'l':{'type':'array','items':{'type':'object','additionalProperties':true}}}}"
            })
    void aSchemaOfAnyPropertiesIsToldInWordsToAnthropic(String schema) {
        EncodedRequest sent = toAnthropic(schema);

        JsonNode body = Json.parse(sent.body());
        assertThat(body.has("output_config")).isFalse();
        assertThat(body.path("system").toString()).contains(schema.replace("'", "\\\""));
        assertThat(sent.dropped()).containsExactly("response_format.json_schema");
    }

    @Test
    void anObjectThatHasNoPropertiesAndIsClosedIsHeldTo() {
        EncodedRequest sent = toAnthropic("{'type':'object','properties':{'a':{'type':'object','additionalProperties':"
                + "false},'b':{'type':'object','properties':{'c':{'type':'string'}}}}}");

        JsonNode schema = Json.parse(sent.body()).at("/output_config/format/schema");
        assertThat(schema.at("/properties/b/additionalProperties").booleanValue(true))
                .isFalse();
        assertThat(sent.dropped()).isEmpty();
    }

    @Test
    void aStrictToolOfAnyPropertiesIsNotStrictAtAnthropic() {
        String map = "{'type':'object','properties':{'a':{'type':'object'}},'required':['a']}";
        String none = "{'type':'object'}";
        String any = "{'type':'object','allOf':[{'type':'object','properties':{'a':{'type':'string'}}}]}";
        for (String schema : List.of(map, any, none)) {
            String tool = "{'type':'function','function':{'name':'f','strict':true,'parameters':" + schema + "}}";
            String body = "{'model':'m','messages':[{'role':'user','content':'hi'}],'tools':[" + tool + "]}";
            EncodedRequest sent = MESSAGES.encodeRequest(
                    CHAT.decodeRequest(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                    new Target("p", "wire", ModelTraits.anthropic()));

            boolean strict = schema.equals(none);
            assertThat(Json.parse(sent.body()).at("/tools/0").has("strict")).isEqualTo(strict);
            assertThat(sent.dropped()).isEqualTo(strict ? List.of() : List.of("tools[0].function.strict"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','properties':{'a':{'$ref':'#/$defs/n'},'b':{'$ref':'#/$defs/n'}},"
                        + "'additionalProperties':false,'$defs':{'n':{'type':'string'}}}",
                "{'$ref':'#/parts/list','parts':{'list':{'type':'array','items':{'$ref':'#/parts/one'}},"
                        + "'one':{'$ref':'#/parts/text'},'text':{'type':'string'}}}"
            })
    void aSchemaWhosePartsReferToOneAnotherIsHeldTo(String schema) {
        EncodedRequest sent = toAnthropic(schema);

        assertThat(Json.parse(sent.body()).at("/output_config/format/type").stringValue(""))
                .isEqualTo("json_schema");
        assertThat(sent.dropped()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#nowhere", "#$defs", "#/nowhere", "#/%zz", "https://a.example/s", ""})
    void aReferenceThatLeadsNowhereIsTheVendorsToRefuse(String reference) {
        EncodedRequest sent = toAnthropic("{'$ref':'" + reference + "'}");

        assertThat(Json.parse(sent.body()).at("/output_config/format/schema").toString())
                .isEqualTo("{\"$ref\":\"" + reference + "\"}");
    }

    /** None is followed by recursion: requests may have thousands. */
    @Test
    void aLongChainOfReferencesIsFollowedToItsEnd() {
        StringBuilder defs = new StringBuilder("'n0':{'$ref':'#/$defs/n1'}");
        for (int i = 1; i < 20_000; i++) {
            defs.append(",'n")
                    .append(i)
                    .append("':{'$ref':'#/$defs/n")
                    .append(i + 1)
                    .append("'}");
        }
        String chain = "{'$ref':'#/$defs/n0','$defs':{" + defs + ",'n20000':%s}}";

        assertThat(toAnthropic(chain.formatted("{'type':'string'}")).dropped()).isEmpty();
        assertThat(toAnthropic(chain.formatted("{'$ref':'#/$defs/n0'}")).dropped())
                .containsExactly("response_format.json_schema");
    }

    @Test
    void aModelThatIsHeldToASchemaByAToolIsSoToOneThatRefersToItself() {
        String format = "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':"
                + "{'type':'object','properties':{'a':{'$ref':'#'}}}}}";
        String body = "{'model':'m','messages':[{'role':'user','content':'hi'}]," + format + "}";
        ModelTraits older = ModelTraits.anthropic().toBuilder()
                .jsonSchema(ModelTraits.JsonSchemaMode.TOOL)
                .build();
        EncodedRequest sent = MESSAGES.encodeRequest(
                CHAT.decodeRequest(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                new Target("p", "wire", older));

        assertThat(Json.parse(sent.body())
                        .at("/tools/0/input_schema/properties/a/$ref")
                        .stringValue(""))
                .isEqualTo("#");
        assertThat(sent.dropped()).isEmpty();
    }

    @Test
    void aToolWhoseSchemaRefersToItselfIsNotStrictAtAnthropic() {
        String tool = "{'type':'function','function':{'name':'f','strict':true,'parameters':{'type':'object',"
                + "'properties':{'a':{'$ref':'#'}},'required':['a'],'additionalProperties':false}}}";
        String body = "{'model':'m','messages':[{'role':'user','content':'hi'}],'tools':[" + tool + "]}";
        EncodedRequest sent = MESSAGES.encodeRequest(
                CHAT.decodeRequest(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                new Target("p", "wire", ModelTraits.anthropic()));

        assertThat(Json.parse(sent.body()).at("/tools/0").has("strict")).isFalse();
        assertThat(sent.dropped()).containsExactly("tools[0].function.strict");
    }

    @Test
    void whatAnthropicRefusesInASchemaIsChangedAndNamed() {
        EncodedRequest sent =
                toAnthropic("{'oneOf':[{'type':'string','format':'uri-reference'},{'type':'string','format':'date'}]}");

        assertThat(Json.parse(sent.body())
                        .at("/output_config/format/schema")
                        .toString()
                        .replace('"', '\''))
                .isEqualTo("{'anyOf':[{'type':'string'},{'type':'string','format':'date'}]}");
        assertThat(sent.dropped())
                .containsExactlyInAnyOrder(
                        "response_format.json_schema.schema.oneOf", "response_format.json_schema.schema.format");
    }

    @Test
    void thatNothingHoldsClaudeToJsonIsNamed() {
        EncodedRequest sent = sent("'response_format':{'type':'json_object'}", MESSAGES, ModelTraits.anthropic());

        assertThat(Json.parse(sent.body()).path("system").toString()).contains("JSON");
        assertThat(sent.dropped()).containsExactly("response_format.type");
    }

    @Test
    void instructionsAloneAreTheInputOfResponses() {
        byte[] bytes = "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Say hi.\"}]}"
                .getBytes(StandardCharsets.UTF_8);
        EncodedRequest sent =
                RESPONSES.encodeRequest(CHAT.decodeRequest(bytes), new Target("p", "wire", ModelTraits.openAi()));

        JsonNode body = Json.parse(sent.body());
        assertThat(body.has("instructions")).isFalse();
        assertThat(body.path("input").toString()).contains("Say hi.");
        assertThat(body.path("input").size()).isEqualTo(1);
    }
}
