package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class ErrorCodecTest {

    private static WireError error(int status, String body) {
        return CODEC.decodeError(status, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsOpenAisError() {
        WireError error = CODEC.decodeError(400, Fixtures.bytes("openai-error-400-max-tokens-unsupported.json"));

        assertThat(error)
                .isEqualTo(new WireError(
                        400,
                        Kind.INVALID_REQUEST,
                        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
                        "unsupported_parameter",
                        "max_tokens"));
    }

    @Test
    void azuresCodeInFormOfANumberIsNoCode() {
        WireError error = CODEC.decodeError(401, Fixtures.bytes("azure-error-401.json"));

        assertThat(error.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(error.code()).isNull();
        assertThat(error.message()).startsWith("Access denied due to invalid subscription key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "OpenAI rate|429|{'error':{'message':'Rate limit reached','type':'tokens','code':'rate_limit_exceeded'}}|RATE_LIMIT|rate_limit_exceeded",
                "OpenAI quota|429|{'error':{'message':'You exceeded your current quota','type':'insufficient_quota','code':'insufficient_quota'}}|QUOTA_EXHAUSTED|insufficient_quota",
                "OpenAI model|404|{'error':{'message':'no','type':'invalid_request_error','code':'model_not_found'}}|NOT_FOUND|model_not_found",
                "OpenAI context|400|{'error':{'message':'too long','code':'context_length_exceeded'}}|CONTEXT_WINDOW|context_length_exceeded",
                "DeepSeek, vLLM context|400|{'error':{'message':'This model has a maximum context length of 10 tokens'}}|CONTEXT_WINDOW|",
                "Gemini context|400|[{'error':{'code':400,'message':'The input token count (200000) exceeds the maximum number of tokens allowed','status':'INVALID_ARGUMENT'}}]|CONTEXT_WINDOW|",
                "Ollama context|400|{'error':'input exceeded max context length'}|CONTEXT_WINDOW|",
                "llama.cpp context|400|{'error':{'code':400,'message':'the request exceeds the available context size','type':'exceed_context_size_error'}}|CONTEXT_WINDOW|",
                "Gemini key|400|[{'error':{'code':400,'message':'bad','status':'INVALID_ARGUMENT','details':[{'reason':'API_KEY_INVALID'}]}}]|AUTHENTICATION|",
                "Gemini rate|429|[{'error':{'code':429,'message':'You exceeded your current quota, please check your plan','status':'RESOURCE_EXHAUSTED'}}]|RATE_LIMIT|",
                "Azure filter|400|{'error':{'code':'content_filter','message':'filtered','innererror':{'content_filter_result':{}}}}|INVALID_REQUEST|content_filter",
                "Azure gateway|404|{'statusCode':404,'message':'Resource not found'}|NOT_FOUND|",
                "Azure deployment|404|{'error':{'code':'DeploymentNotFound','message':'none'}}|NOT_FOUND|DeploymentNotFound",
                "Groq tool|400|{'error':{'message':'Failed to call a function','type':'invalid_request_error','code':'tool_use_failed','failed_generation':'x'}}|INVALID_REQUEST|tool_use_failed",
                "Groq capacity|498|{'error':{'message':'Flex tier capacity exceeded'}}|OVERLOADED|",
                "DeepInfra|403|{'detail':'Not allowed'}|PERMISSION|",
                "DeepInfra nested|404|{'detail':{'error':'x','message':'Model gone'}}|NOT_FOUND|",
                "Ollama plain|404|{'error':'model not found'}|NOT_FOUND|",
                "no JSON|502|<html>|SERVER|",
                "nothing|503||OVERLOADED|",
                "timeout|504|{}|TIMEOUT|",
                "large|413|{}|TOO_LARGE|",
                "credit|402|{}|BILLING|",
            })
    void tellsTheKind(String name, int status, String body, Kind kind, String code) {
        WireError error = error(status, body == null ? "" : body);

        assertThat(error.kind()).as(name).isEqualTo(kind);
        assertThat(error.code()).as(name).isEqualTo(code);
        assertThat(error.message()).as(name).isNotBlank();
    }

    @Test
    void validationDetailsBecomeASentence() {
        assertThat(error(422, "{'detail':[{'loc':['body','messages',0],'msg':'field required','type':'missing'}]}")
                        .message())
                .isEqualTo("body.messages.0: field required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Incorrect API key provided: sk-proj-ab****************wxyz. You can find your API key at https://platform.openai.com/account/api-keys.",
                "Invalid key gsk_abcdefgh12345678",
                "Key AIzaSyA1234567890abcdefghijk is bad",
                "Header was Bearer abcdef123456",
                "Rate limit reached for gpt-4o in organization org-AbCdEf123456 on tokens"
            })
    void keysUrlsAndOrganisationsStayInside(String message) {
        String shown =
                error(401, "{\"error\":{\"message\":\"" + message + "\"}}").message();

        assertThat(shown)
                .doesNotContain(
                        "sk-proj", "wxyz", "gsk_", "AIza", "abcdef123456", "AbCdEf123456", "platform.openai.com");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindSurvivesTheWayToAClientAndBack(Kind kind) {
        int status = switch (kind) {
            case INVALID_REQUEST, CONTEXT_WINDOW -> 400;
            case AUTHENTICATION -> 401;
            case BILLING -> 402;
            case PERMISSION -> 403;
            case NOT_FOUND -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case TOO_LARGE -> 413;
            case RATE_LIMIT, QUOTA_EXHAUSTED -> 429;
            case SERVER -> 500;
            case OVERLOADED -> 503;
            case TIMEOUT -> 504;
        };
        WireError error = new WireError(status, kind, "Something \"went\" wrong", null, "messages[0]");

        byte[] body = CODEC.encodeError(error, "req_1");

        JsonNode shown = Json.parse(body).get("error");
        assertThat(shown.propertyNames()).containsExactlyInAnyOrder("message", "type", "param", "code");
        WireError read = CODEC.decodeError(status, body);
        assertThat(read.kind()).isEqualTo(kind == Kind.BILLING ? Kind.QUOTA_EXHAUSTED : kind);
        assertThat(read.message()).isEqualTo(error.message());
        assertThat(read.param()).isEqualTo("messages[0]");
    }
}
