package dev.llmgateway.ir.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenEstimatorTest {
    /** Kinds whose samples are small or whose words are rare: they have a wider bound. */
    private static final Set<String> COARSE = Set.of("base64", "bengali", "german", "greek", "hindi", "russian");

    @Test
    void staysWithinTheStatedErrorOverAllKindsOfText() throws IOException {
        List<Double> all = new ArrayList<>();
        EstimateErrors.measure().values().forEach(all::addAll);

        assertThat(EstimateErrors.percentile(all, 0.5)).as("median error in %").isLessThan(8);
        assertThat(EstimateErrors.percentile(all, 0.95))
                .as("95th percentile in %")
                .isLessThan(22);
    }

    @Test
    void staysWithinTheStatedErrorForEachKindOfText() throws IOException {
        Map<String, List<Double>> errors = EstimateErrors.measure();

        assertThat(errors).hasSize(26).allSatisfy((kind, ofKind) -> {
            boolean coarse = COARSE.contains(kind);
            assertThat(EstimateErrors.percentile(ofKind, 0.5))
                    .as("median error of %s in %%", kind)
                    .isLessThan(coarse ? 22 : 15);
            assertThat(EstimateErrors.percentile(ofKind, 0.95))
                    .as("95th percentile of %s in %%", kind)
                    .isLessThan(coarse ? 38 : 20);
        });
    }

    @Test
    void countsNothingForAnEmptyTextAndAtLeastOneTokenForAnyOther() {
        assertThat(TokenEstimator.estimate("")).isZero();
        assertThat(TokenEstimator.estimate(" ")).isEqualTo(1);
        assertThat(TokenEstimator.estimate("a")).isEqualTo(1);
        assertThat(TokenEstimator.estimate("\uD83D")).isPositive();
    }

    @Test
    void countsAnyCharSequenceAlike() {
        String text = "How many tokens are in this? 12345, {\"a\": [1, 2]}";

        assertThat(TokenEstimator.estimate(new StringBuilder(text))).isEqualTo(TokenEstimator.estimate(text));
    }

    @Test
    void aQuarterOfALongTextStandsForTheWhole() throws IOException {
        Map<String, List<String>> kinds = TokenCorpus.heldOut();
        assertThat(kinds).allSatisfy((kind, blocks) -> {
            String block = String.join("", blocks);
            String text = block.repeat(100_000 / block.length() + 1);
            assertThat(relative(text)).as("%s", kind).isBetween(0.96, 1.04);
        });
        List<String> mixed = new ArrayList<>();
        kinds.values().forEach(mixed::addAll);
        Collections.shuffle(mixed, new Random(3));
        assertThat(relative(String.join("\n", mixed))).isBetween(0.96, 1.04);
    }

    @Test
    void aTextThatIsNotLongIsReadWhole() {
        String text = "12345678 ".repeat(1_024 / 9);

        assertThat(TokenEstimator.estimateBySamples(text)).isEqualTo(TokenEstimator.estimate(text));
        assertThat(TokenEstimator.estimateBySamples("")).isZero();
    }

    private static double relative(String text) {
        return (double) TokenEstimator.estimateBySamples(text) / TokenEstimator.estimate(text);
    }

    @Test
    void cutsLongNumbersIntoGroupsOfThreeDigits() {
        assertThat(TokenEstimator.estimate("123456789")).isEqualTo(3);
    }

    @Test
    void growsWithTheTextForMillionsOfCharacters() {
        String text = "All work and no play makes Jack a dull boy.\n";
        long once = TokenEstimator.estimate(text.repeat(100));

        assertThat(TokenEstimator.estimate(text.repeat(100_000))).isBetween(once * 995, once * 1005);
    }

    @Test
    void addsTheOverheadOfMessagesAndOfTheRequest() {
        assertThat(TokenEstimator.chatOverhead(0)).isEqualTo(3);
        assertThat(TokenEstimator.chatOverhead(2)).isEqualTo(9);
        assertThatThrownBy(() -> TokenEstimator.chatOverhead(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
