package dev.llmgateway.ir.json;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    /** These are the parser's complaints that name its own settings or point to a source that it hides. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":NaN}",
                "{\"a\":+1}",
                "{\"a\":{\"b\":1",
                "[[1,",
                "{\"a\":.5}",
                "{'a':1}",
                "{\"a\":01}"
            })
    void saysWhatIsWrongWithoutTheParsersOwnTerms(String wrong) {
        refusesInPlainWords(wrong);
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 100_000})
    void refusesDepthInPlainWords(int depth) {
        refusesInPlainWords("[".repeat(depth) + "]".repeat(depth));
    }

    private static void refusesInPlainWords(String wrong) {
        assertThatThrownBy(() -> Json.parse(wrong.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageStartingWith("not valid JSON")
                .hasMessageNotContainingAny("`", "Feature", "Constraints", "Source", "enable");
    }
}
