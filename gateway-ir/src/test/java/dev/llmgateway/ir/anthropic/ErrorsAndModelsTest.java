package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.CODEC;
import static dev.llmgateway.ir.anthropic.TestData.body;
import static dev.llmgateway.ir.anthropic.TestData.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Errors and model lists, both directions. */
class ErrorsAndModelsTest {

    @Test
    void theRecordedErrorIsUnderstood() {
        WireError error = CODEC.decodeError(401, TestData.fixture("anthropic-error-401.json"));
        assertThat(withoutExtras(error))
                .isEqualTo(new WireError(401, Kind.AUTHENTICATION, "invalid x-api-key", null, null));
    }

    private static WireError withoutExtras(WireError error) {
        return new WireError(error.status(), error.kind(), error.message(), error.code(), error.param());
    }

    @ParameterizedTest
    @CsvSource({
        "400,invalid_request_error,INVALID_REQUEST",
        "401,authentication_error,AUTHENTICATION",
        "402,billing_error,BILLING",
        "403,permission_error,PERMISSION",
        "404,not_found_error,NOT_FOUND",
        "413,request_too_large,TOO_LARGE",
        "429,rate_limit_error,RATE_LIMIT",
        "500,api_error,SERVER",
        "504,timeout_error,TIMEOUT",
        "529,overloaded_error,OVERLOADED"
    })
    void everyTypeThereAndBack(int status, String type, Kind kind) {
        byte[] wire = body("{'type':'error','error':{'type':'" + type + "','message':'m'},'request_id':'r'}");
        assertThat(withoutExtras(CODEC.decodeError(status, wire)))
                .isEqualTo(new WireError(status, kind, "m", null, null));
        assertThat(json(CODEC.encodeError(new WireError(status, kind, "m", null, null), "r")))
                .isEqualTo(json(wire));
    }

    @ParameterizedTest
    @CsvSource({"408,TIMEOUT", "404,NOT_FOUND", "413,TOO_LARGE", "422,INVALID_REQUEST", "503,OVERLOADED"})
    void aBadRequestIsWhatItsStatusTells(int status, Kind kind) {
        byte[] wire = body("{'type':'error','error':{'type':'invalid_request_error','message':'m'}}");
        assertThat(CODEC.decodeError(status, wire)).isEqualTo(new WireError(status, kind, "m", null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "400,INVALID_REQUEST",
        "401,AUTHENTICATION",
        "402,BILLING",
        "403,PERMISSION",
        "404,NOT_FOUND",
        "405,METHOD_NOT_ALLOWED",
        "408,TIMEOUT",
        "413,TOO_LARGE",
        "422,INVALID_REQUEST",
        "429,RATE_LIMIT",
        "500,SERVER",
        "503,OVERLOADED",
        "504,TIMEOUT",
        "529,OVERLOADED"
    })
    void aBodyOfAnotherKindGivesWhatTheStatusTells(int status, Kind kind) {
        assertThat(CODEC.decodeError(status, body("<html>")).kind()).isEqualTo(kind);
        assertThat(CODEC.decodeError(status, new byte[0]).message()).contains(String.valueOf(status));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prompt is too long: 210000 tokens > 200000 maximum",
                "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000",
                "The maximum context length of this model is 8192 tokens",
                "prompt too long; exceeded max context length by 3 tokens"
            })
    void aPromptThatDoesNotFitIsRecognised(String message) {
        WireError error =
                CODEC.decodeError(400, body("{'error':{'type':'invalid_request_error','message':'" + message + "'}}"));
        assertThat(error.kind()).isEqualTo(Kind.CONTEXT_WINDOW);
        assertThat(error.code()).isEqualTo("context_length_exceeded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your credit balance is too low to access the Anthropic API.",
                "You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.",
                "You have reached your specified workspace API usage limits."
            })
    void anEmptyPurseIsNotAnOrdinaryBadRequest(String message) {
        WireError error =
                CODEC.decodeError(400, body("{'error':{'type':'invalid_request_error','message':'" + message + "'}}"));
        assertThat(error.kind()).isEqualTo(Kind.QUOTA_EXHAUSTED);
    }

    @ParameterizedTest
    @CsvSource({"QUOTA_EXHAUSTED,429,402", "BILLING,400,402", "RATE_LIMIT,429,429", "OVERLOADED,503,503"})
    void clientsGetAnthropicsStatusForAnEmptyPurse(Kind kind, int status, int shown) {
        assertThat(CODEC.statusOf(new WireError(status, kind, "m", null, null))).isEqualTo(shown);
    }

    @Test
    void clientsReadAnOverflowInAnthropicsWords() {
        String message = json(CODEC.encodeError(
                        new WireError(400, Kind.CONTEXT_WINDOW, "9000 tokens do not fit", null, null), "r"))
                .get("error")
                .get("message")
                .stringValue();
        assertThat(message).isEqualTo("prompt is too long: 9000 tokens do not fit");
    }

    @Test
    void aCodeGoesIntoTheDetails() {
        assertThat(json(CODEC.encodeError(new WireError(404, Kind.NOT_FOUND, "m", "model_not_found", "model"), "r")))
                .isEqualTo(json("{'type':'error','error':{'type':'not_found_error','message':'m',"
                        + "'details':{'error_code':'model_not_found'}},'request_id':'r'}"));
        assertThat(CODEC.decodeError(
                                404,
                                body("{'error':{'type':'not_found_error','message':'m',"
                                        + "'details':{'error_code':'model_not_found'}}}"))
                        .code())
                .isEqualTo("model_not_found");
    }

    @Property(tries = 500)
    void readingAnErrorNeverFails(@ForAll byte[] bytes) {
        assertThat(CODEC.decodeError(500, bytes).message()).isNotBlank();
    }

    @Test
    void theRecordedModelListIsUnderstoodAndWrittenBack() {
        List<ModelInfo> models = CODEC.decodeModels(TestData.fixture("anthropic-models-list.json"));
        assertThat(models).hasSize(10);
        assertThat(models.get(0))
                .isEqualTo(new ModelInfo("claude-opus-4-5-20251101", "Claude Opus 4.5", 1763942400L, null, null));
        JsonNode written = json(CODEC.encodeModels(models));
        assertThat(json(CODEC.encodeModel(models.get(3)))).isEqualTo(written.at("/data/3"));
        written.get("data").values().forEach(model -> ((ObjectNode) model).remove("lifecycle"));
        assertThat(written).isEqualTo(json(TestData.fixture("anthropic-models-list.json")));
    }

    @Test
    void theLimitsOfAModelAreReadWhereTheyAreThere() {
        assertThat(CODEC.decodeModels(body("{'data':[{'id':'a','max_input_tokens':1000000,'max_tokens':128000},"
                        + "{'id':'b','max_input_tokens':null,'max_tokens':99999999999}]}")))
                .containsExactly(
                        new ModelInfo("a", null, 0, null, null, 1_000_000L, 128_000),
                        new ModelInfo("b", null, 0, null, null, null, null));
    }

    @Test
    void aModelOfWhichLittleIsKnownStillHasEveryMember() {
        assertThat(json(CODEC.encodeModels(List.of(new ModelInfo("m", null, 0, null, null)))))
                .isEqualTo(
                        json(
                                "{'data':[{'type':'model','id':'m','display_name':'m',"
                                        + "'created_at':'1970-01-01T00:00:00Z','lifecycle':'active'}],'has_more':false,'first_id':'m','last_id':'m'}"));
        assertThat(json(CODEC.encodeModels(List.of())))
                .isEqualTo(json("{'data':[],'has_more':false,'first_id':null,'last_id':null}"));
    }

    @Test
    void theAnnouncedEndOfAModelIsToldAsAMoment() {
        assertThat(json(CODEC.encodeModel(new ModelInfo("m", "M", 0, null, "2026-12-01"))))
                .isEqualTo(json("{'type':'model','id':'m','display_name':'M','created_at':'1970-01-01T00:00:00Z',"
                        + "'lifecycle':'deprecated','retires_at':'2026-12-01T00:00:00Z'}"));
        assertThat(json(CODEC.encodeModel(new ModelInfo("m", "M", 0, null, "in winter")))
                        .has("retires_at"))
                .isFalse();
    }

    @Property(tries = 500)
    void whatIsNoModelListIsRefused(@ForAll byte[] bytes) {
        assertThatThrownBy(() -> CODEC.decodeModels(bytes)).isInstanceOf(MalformedAnswerException.class);
    }
}
