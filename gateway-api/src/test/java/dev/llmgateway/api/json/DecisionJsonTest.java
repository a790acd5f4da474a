package dev.llmgateway.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Elimination;
import dev.llmgateway.api.routing.Elimination.Reason;
import dev.llmgateway.api.routing.Layer;
import dev.llmgateway.api.routing.LayerTrace;
import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.Resolution;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.json.Json;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DecisionJsonTest {
    private static final LocalDate SUNSET = LocalDate.of(2026, 6, 1);
    private static final Candidate SONNET =
            new Candidate("anthropic/claude-sonnet-4", "anthropic", "claude-sonnet-4-0", "Claude Sonnet 4");
    private static final Candidate GPT = new Candidate("openai/gpt-4o", "azure", "gpt-4o", "GPT-4o");

    private static final Requirements NEEDS =
            new Requirements(DataClassification.CUI, Set.of(Capability.VISION, Capability.TOOL_USE), 1200, null, 0.05);
    private static final Resolution OLD_NAME = new Resolution(
            "best",
            "anthropic/claude-3-opus",
            new Resolution.Retirement("anthropic/claude-3-opus", SUNSET, "anthropic/claude-sonnet-4", true),
            "anthropic/claude-sonnet-4",
            Resolution.Match.CARD);

    private static RoutingDecision decision(
            List<LayerTrace> layers, List<Ranked> ranking, List<ChainStep> chain, @Nullable Refusal refusal) {
        return new RoutingDecision(OLD_NAME, RoutingProfile.CODE, NEEDS, 7, layers, ranking, chain, refusal);
    }

    private static JsonNode json(RoutingDecision decision) {
        return Json.parse(DecisionJson.toBytes(decision));
    }

    @Test
    void tellsEverythingThatLedToTheChoice() {
        LayerTrace capability = new LayerTrace(
                Layer.CAPABILITY, 2, List.of(new Elimination(GPT, new Reason.Lacks(Capability.VISION, true))), 1_500);
        Ranked ranked = new Ranked(SONNET, 0.9000000000000001, 0.0123, 1.0, 0.8400004999999999, 640, true, null, null);
        ChainStep step = new ChainStep(SONNET, ChainStep.Why.PINNED);

        JsonNode json = json(decision(List.of(capability), List.of(ranked), List.of(step), null));

        assertThat(json.propertyNames())
                .containsExactly(
                        "model",
                        "resolution",
                        "profile",
                        "requirements",
                        "catalog_version",
                        "layers",
                        "ranking",
                        "chain",
                        "error",
                        "summary");
        assertThat(json.get("model").stringValue()).isEqualTo("best");
        assertThat(json.get("resolution").toString())
                .isEqualTo("{\"asked\":\"best\",\"alias\":\"anthropic/claude-3-opus\",\"model\":"
                        + "\"anthropic/claude-sonnet-4\",\"match\":\"card\",\"retirement\":{\"model\":"
                        + "\"anthropic/claude-3-opus\",\"sunset\":\"2026-06-01\",\"replacement\":"
                        + "\"anthropic/claude-sonnet-4\",\"in_effect\":true}}");
        assertThat(json.get("requirements").toString())
                .isEqualTo("{\"data_classification\":\"cui\",\"classification_source\":\"declared\","
                        + "\"raised_by_marking\":null,\"capabilities\":[\"tool_use\",\"vision\"],"
                        + "\"prompt_tokens\":1200,\"max_output_tokens\":null,\"max_cost\":0.05}");
        assertThat(json.get("layers").toString())
                .isEqualTo(
                        "[{\"layer\":\"capability\",\"name\":\"Capability Filter\",\"in\":2,\"out\":1,\"eliminated\":"
                                + "[{\"model\":\"openai/gpt-4o\",\"provider\":\"azure\",\"wire_model\":\"gpt-4o\",\"name\":"
                                + "\"GPT-4o\",\"code\":\"lacks_vision\",\"reason\":\"needs vision; card says no\"}],"
                                + "\"duration_us\":1.5}]");
        assertThat(json.get("ranking").get(0).toString())
                .startsWith("{\"rank\":1,\"model\":\"anthropic/claude-sonnet-4\",\"provider\":\"anthropic\",")
                .endsWith("\"score\":0.84,\"quality\":0.9,\"cost_score\":1.0,\"estimated_cost_usd\":0.0123,"
                        + "\"ttft_ms\":640,\"ttft_source\":\"live\",\"strained\":null,\"leaves_out\":null}");
        assertThat(json.get("chain").get(0).get("why").stringValue()).isEqualTo("pinned");
        assertThat(json.get("profile").get("quality_weight_word").stringValue()).isEqualTo("very_high");
        assertThat(json.get("error").isNull()).isTrue();
        assertThat(json.get("summary").stringValue()).contains("anthropic/claude-sonnet-4-0 (pinned)");
    }

    @Test
    void whatIsNotKnownIsNull() {
        Ranked unknown = new Ranked(GPT, Double.NaN, Double.NaN, 0, 0, Ranked.UNKNOWN, false, null, null);
        JsonNode json =
                json(decision(List.of(), List.of(unknown), List.of(new ChainStep(GPT, ChainStep.Why.RANKED)), null));
        JsonNode ranked = json.get("ranking").get(0);
        for (String member :
                List.of("quality", "estimated_cost_usd", "ttft_ms", "ttft_source", "strained", "leaves_out")) {
            assertThat(ranked.get(member).isNull()).as(member).isTrue();
        }
        assertThat(json.get("chain").get(0).toString())
                .endsWith("\"why\":\"ranked\",\"dialect\":null,\"leaves_out\":null}");
    }

    @Test
    void whatATargetIsSpokenToInAndWouldNotBeSentIsTold() {
        ChainStep step = new ChainStep(GPT, ChainStep.Why.TAKES_ALL, Dialect.OPENAI_RESPONSES, "bash");
        JsonNode json = json(decision(List.of(), List.of(), List.of(step), null));
        assertThat(json.get("chain").get(0).toString())
                .endsWith("\"why\":\"takes_all\",\"dialect\":\"openai-responses\",\"leaves_out\":\"bash\"}");
    }

    @Test
    void everyRefusalHasTheStatusThatACallWouldGet() {
        List<Refusal> refusals = List.of(
                new Refusal.UnknownModel("a"),
                new Refusal.RetiredModel("b", SUNSET),
                new Refusal.NotAuthorised("c"),
                new Refusal.Incapable("d", Capability.VISION),
                new Refusal.TooLong("e", 200_000),
                new Refusal.TooDear("f"),
                new Refusal.Unavailable("g", TargetState.Cause.CIRCUIT_OPEN, Duration.ofSeconds(3)),
                new Refusal.Unavailable("h", TargetState.Cause.COOLING_DOWN, Duration.ofSeconds(3)),
                new Refusal.Unavailable("i", TargetState.Cause.QUOTA_EXHAUSTED, Duration.ofSeconds(3)));
        List<String> errors = new ArrayList<>();
        for (Refusal refusal : refusals) {
            JsonNode json = json(decision(List.of(), List.of(), List.of(), refusal));
            assertThat(json.get("chain").isEmpty()).isTrue();
            errors.add(json.get("error").toString());
        }
        assertThat(errors)
                .containsExactly(
                        "{\"status\":404,\"code\":\"model_not_found\",\"message\":\"a\"}",
                        "{\"status\":410,\"code\":\"model_retired\",\"message\":\"b\"}",
                        "{\"status\":403,\"code\":\"data_classification\",\"message\":\"c\"}",
                        "{\"status\":400,\"code\":\"lacks_capability\",\"message\":\"d\"}",
                        "{\"status\":413,\"code\":\"context_length_exceeded\",\"message\":\"e\"}",
                        "{\"status\":402,\"code\":\"budget_exceeded\",\"message\":\"f\"}",
                        "{\"status\":503,\"code\":\"circuit_open\",\"message\":\"g\"}",
                        "{\"status\":429,\"code\":\"cooling_down\",\"message\":\"h\"}",
                        "{\"status\":429,\"code\":\"quota_exhausted\",\"message\":\"i\"}");
    }

    @Test
    void everyReasonHasACodeAndASentence() {
        List<Reason> reasons = List.of(
                new Reason.Retired(SUNSET, null),
                new Reason.Delisted(),
                new Reason.NoChat(true),
                new Reason.NotAuthorised(DataClassification.ITAR, Set.of()),
                new Reason.Lacks(Capability.TOOL_USE, false),
                new Reason.WindowTooSmall(8_000, 9_000),
                new Reason.OutputTooShort(4_096, 8_192),
                new Reason.TooDear(0.5, 0.1),
                new Reason.PriceUnknown(0.1),
                new Reason.TooSlow(900, 500, true),
                new Reason.Unavailable(new TargetState.Unavailable(
                        TargetState.Cause.QUOTA_EXHAUSTED, Duration.ofSeconds(3), "has no quota left")));
        List<Elimination> eliminated =
                reasons.stream().map(reason -> new Elimination(GPT, reason)).toList();
        JsonNode json = json(decision(
                List.of(new LayerTrace(Layer.AVAILABILITY, 20, eliminated, 0)),
                List.of(),
                List.of(),
                new Refusal.UnknownModel("none")));
        assertThat(json.get("layers").get(0).get("eliminated").valueStream())
                .extracting(gone -> gone.get("code").stringValue())
                .containsExactly(
                        "retired",
                        "delisted",
                        "no_chat",
                        "data_classification",
                        "lacks_tool_use",
                        "context_window",
                        "max_output_tokens",
                        "too_dear",
                        "price_unknown",
                        "too_slow",
                        "quota_exhausted");
    }
}
