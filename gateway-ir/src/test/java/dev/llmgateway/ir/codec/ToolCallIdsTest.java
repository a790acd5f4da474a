package dev.llmgateway.ir.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.json.JsonText;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
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
        for (String id : new String[] {
            "functions.Bash:0", "functions.Bash:1", "functions:Bash.0", "functions_Bash_0", "call_a|fc_b", ""
        }) {
            assertThat(ToolCallIds.forAnthropic(id)).matches("[a-zA-Z0-9_-]+");
            assertThat(legal.add(ToolCallIds.forAnthropic(id))).as(id).isTrue();
        }
    }

    @Property(tries = 300)
    void everyIdBecomesShortEnoughForOpenAiAndAlwaysTheSame(@ForAll String id) {
        assertThat(ToolCallIds.forResponses(id))
                .isEqualTo(ToolCallIds.forResponses(id))
                .hasSizeLessThanOrEqualTo(64);
        assertThat(ToolCallIds.forOpenAiChat(id))
                .isEqualTo(ToolCallIds.forOpenAiChat(id))
                .hasSizeLessThanOrEqualTo(40);
    }

    @Example
    void idsThatAreShortEnoughGoToOpenAiUnchangedAndLongOnesStayDifferent() {
        stays(ToolCallIds::forResponses, 64);
        stays(ToolCallIds::forOpenAiChat, 40);
    }

    private static void stays(UnaryOperator<String> shorten, int longest) {
        String legal = "x".repeat(longest);
        assertThat(shorten.apply(legal)).isEqualTo(legal);
        assertThat(shorten.apply(legal + "1")).isNotEqualTo(shorten.apply(legal + "2"));
        for (int before = longest - 12; before <= longest; before++) {
            String cut = shorten.apply("x".repeat(before) + "\ud83d\ude00" + "y".repeat(20));
            assertThat(JsonText.wellFormed(cut)).isEqualTo(cut);
        }
    }

    @Example
    void mintedIdsAreUnique() {
        assertThat(ToolCallIds.mint()).startsWith("call_").isNotEqualTo(ToolCallIds.mint());
    }
}
