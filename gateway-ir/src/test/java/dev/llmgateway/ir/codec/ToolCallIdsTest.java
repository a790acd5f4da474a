package dev.llmgateway.ir.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.json.JsonText;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;

class ToolCallIdsTest {

    private static OpaqueToken signature(String value) {
        return new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, value, null);
    }

    @Property(tries = 300)
    void aSignatureSurvivesTheWayThroughAClientThatOnlyKnowsIds(
            @ForAll @AlphaChars @NotEmpty String id, @ForAll String value) {
        Assume.that(value.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
        String shown = ToolCallIds.forClient(id, signature(value));

        assertThat(shown).matches("[A-Za-z0-9_-]+");
        assertThat(ToolCallIds.fromClient(shown)).isEqualTo(id);
        assertThat(ToolCallIds.signatureOf(shown)).isEqualTo(signature(value));
        assertThat(ToolCallIds.carriesSignature(shown)).isTrue();
    }

    @Example
    void idsWithoutSignatureStayAsTheyAre() {
        assertThat(ToolCallIds.forClient("call_1", null)).isEqualTo("call_1");
        assertThat(ToolCallIds.forClient("call_1", new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "s", null)))
                .isEqualTo("call_1");
        assertThat(ToolCallIds.fromClient("call_1")).isEqualTo("call_1");
        assertThat(ToolCallIds.signatureOf("call_1")).isNull();
        assertThat(ToolCallIds.signatureOf("call__ts_!!")).isNull();
    }

    @Example
    void legalIdsGoToAnthropicUnchanged() {
        assertThat(ToolCallIds.forAnthropic("toolu_01-A")).isEqualTo("toolu_01-A");
    }

    @Property(tries = 300)
    void everyIdBecomesLegalForAnthropicAndAlwaysTheSame(@ForAll String id) {
        String legal = ToolCallIds.forAnthropic(id);

        assertThat(legal).matches("[a-zA-Z0-9_-]+").isEqualTo(ToolCallIds.forAnthropic(id));
    }

    @Example
    void differentIdsStayDifferentForAnthropic() {
        Set<String> legal = new HashSet<>();
        for (String id : new String[] {"functions.Bash:0", "functions.Bash:1", "functions_Bash_0", "call_a|fc_b", ""}) {
            assertThat(legal.add(ToolCallIds.forAnthropic(id))).as(id).isTrue();
        }
    }

    @Property(tries = 300)
    void everyIdBecomesShortEnoughForResponsesAndAlwaysTheSame(@ForAll String id) {
        assertThat(ToolCallIds.forOpenAi(id)).isEqualTo(ToolCallIds.forOpenAi(id));
        assertThat(ToolCallIds.forOpenAi(id).length()).isLessThanOrEqualTo(64);
    }

    @Example
    void idsThatAreShortEnoughGoToResponsesUnchangedAndLongOnesStayDifferent() {
        String long1 = "x".repeat(64) + "1";
        String long2 = "x".repeat(64) + "2";
        assertThat(ToolCallIds.forOpenAi("x".repeat(64))).isEqualTo("x".repeat(64));
        assertThat(ToolCallIds.forOpenAi(long1)).isNotEqualTo(ToolCallIds.forOpenAi(long2));
        assertThat(JsonText.wellFormed(ToolCallIds.forOpenAi("x".repeat(54) + "\ud83d\ude00" + "y".repeat(20))))
                .doesNotContain("\ufffd");
    }

    @Example
    void mintedIdsAreUnique() {
        assertThat(ToolCallIds.mint()).startsWith("call_").isNotEqualTo(ToolCallIds.mint());
    }
}
