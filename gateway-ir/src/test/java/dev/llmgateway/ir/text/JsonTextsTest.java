package dev.llmgateway.ir.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in JSON text are found and replaced, and nothing else of it changes. */
class JsonTextsTest {

    @Test
    void valuesNamesAndNumbersAreTextsAndTheRestKeepsItsSpelling() {
        List<String> seen = new ArrayList<>();
        String json = " {\"a\\u0062\" : [ 1.50e3, \"x\\ny\", true ],\t\"c\":{} } ";
        assertThat(JsonTexts.map(json, text -> {
                    seen.add(text);
                    return text.equals("x\ny") ? "new \"line\"\n" : text;
                }))
                .isEqualTo(" {\"a\\u0062\" : [ 1.50e3, \"new \\\"line\\\"\\n\", true ],\t\"c\":{} } ");
        assertThat(seen).containsExactly("ab", "1.50e3", "x\ny", "c");
    }

    @Test
    void aNumberThatChangesBecomesAString() {
        String json = "{\"card\":4111111111111111,\"n\":-1}";
        assertThat(JsonTexts.map(json, text -> text.length() == 16 ? "[CARD]" : text))
                .isEqualTo("{\"card\":\"[CARD]\",\"n\":-1}");
    }

    @Test
    void namesThatBecomeTheSameAreKeptApartWithinTheirObject() {
        String json = "[{\"a@x.com\":1,\"b@x.com\":2,\"c@x.com\":3},{\"a@x.com\":4}]";
        assertThat(JsonTexts.map(json, text -> text.contains("@") ? "[MAIL]" : text))
                .isEqualTo("[{\"[MAIL]\":1,\"[MAIL]_2\":2,\"[MAIL]_3\":3},{\"[MAIL]\":4}]");
    }

    @Test
    void duplicateNamesSurvive() {
        assertThat(JsonTexts.map("{\"a\":\"1\",\"a\":\"2\"}", text -> text.equals("2") ? "3" : text))
                .isEqualTo("{\"a\":\"1\",\"a\":\"3\"}");
    }

    @Test
    void valuesAreToldTheNameOfTheNearestMember() {
        List<String> seen = new ArrayList<>();
        JsonTexts.mapMembers("{\"p\":[\"1\",{\"q\":\"2\"},[\"3\"]],\"r\":\"4\"}", (name, text) -> {
            seen.add(name + "=" + text);
            return text;
        });
        assertThat(seen).containsExactly("null=p", "p=1", "null=q", "q=2", "p=3", "null=r", "r=4");
    }

    @Test
    void loneSurrogatesNulAndControlCharactersSurvive() {
        String json = "[\"\\ud800 \\u0000\\u001f\u007f\u2028\ud83d\ude00\",\"y\"]";
        assertThat(JsonTexts.map(json, text -> text.equals("y") ? "z" : text)).isEqualTo(json.replace('y', 'z'));
        assertThat(JsonTexts.map(json, text -> text.equals("y") ? text : text + "!"))
                .isEqualTo("[\"\\ud800 \\u0000\\u001f\u007f\u2028\ud83d\ude00!\",\"y\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"b\"} and more",
                "{\"a\":\"b\"",
                "{\"a\" \"b\"}",
                "{'a':'b'}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":1e}",
                "[1,]",
                "{\"a\":1,}",
                "[1 2]",
                "[\"raw\nline\"]",
                "[\"\\x\"]",
                "[\"\\u12g4\"]",
                "[\"\\",
                "[tru]",
                "]",
                ",",
                "-",
                "{\"a\":\"b\"}{}",
                "[}",
                "just text"
            })
    void whatIsNoJsonIsOnePlainText(String text) {
        assertThat(JsonTexts.isJson(text)).isFalse();
        List<String> seen = new ArrayList<>();
        assertThat(JsonTexts.map(text, seen(seen, "[x]"))).isEqualTo("[x]");
        assertThat(seen).containsExactly(text);
    }

    private static UnaryOperator<String> seen(List<String> seen, String answer) {
        return text -> {
            seen.add(text);
            return answer;
        };
    }

    @Test
    void deepNestingNeitherOverflowsNorTakesLong() {
        for (int depth : List.of(1_000, JsonTokens.MAX_DEPTH, 5_000_000)) {
            String json = "[".repeat(depth) + "\"x\"" + "]".repeat(depth);
            String mapped = JsonTexts.map(json, text -> text.replace('x', 'y'));
            assertThat(mapped.equals(json.replace('x', 'y'))).isTrue();
        }
        assertThat(JsonTexts.isJson("[".repeat(1_000) + "]".repeat(1_000))).isTrue();
        String objects = "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000);
        assertThat(JsonTexts.map(objects, text -> text.equals("1") ? "z" : text))
                .isEqualTo(objects.replace("1", "\"z\""));
    }

    @Test
    void tenMegabytesOnOneLineAreFine() {
        String json = "{\"t\":\"" + "a\\n".repeat(3_500_000) + "\",\"u\":\"x\"}";
        String mapped = JsonTexts.map(json, text -> text.equals("x") ? "y" : text);
        assertThat(mapped.equals(json.replace("\"x\"", "\"y\""))).isTrue();
        assertThat(JsonTexts.map(json, text -> text)).isSameAs(json);
    }

    @Test
    void manyNamesThatBecomeTheSameTakeLinearTime() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            json.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":0");
        }
        String mapped = JsonTexts.map(json.append('}').toString(), text -> text.startsWith("k") ? "[x]" : text);
        assertThat(mapped).endsWith("\"[x]_200000\":0}");
    }

    @Property(tries = 1000)
    void identityChangesNothing(@ForAll("json") String json) {
        assertThat(JsonTexts.isJson(json)).isTrue();
        assertThat(JsonTexts.map(json, text -> new StringBuilder(text).toString()))
                .isSameAs(json);
    }

    @Property(tries = 1000)
    void mappingAndMappingBackIsIdentity(@ForAll("json") String json) {
        String marked = JsonTexts.map(json, text -> isNumber(text) ? text : "<" + text + ">");
        assertThat(Json.parse(marked)).isNotNull();
        String back = JsonTexts.map(marked, text -> isNumber(text) ? text : text.substring(1, text.length() - 1));
        assertThat(Json.parse(back)).isEqualTo(Json.parse(json));
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9.eE+-]+");
    }

    @Property(tries = 1000)
    void whatIsTakenForJsonIsJson(@ForAll("damaged") String text) {
        if (JsonTexts.isJson(text)) {
            try {
                Json.parse(text);
            } catch (InvalidJsonException e) {
                assertThat(e).hasMessageContaining("Duplicate");
            }
        }
    }

    @Provide
    Arbitrary<String> damaged() {
        return Combinators.combine(
                        json(), Arbitraries.integers(), Arbitraries.of("", "\"", "{", "]", ",", "\\", "0", "\n"))
                .as((json, where, what) -> {
                    int at = Math.floorMod(where, json.length());
                    return json.substring(0, at) + what + json.substring(at + 1);
                });
    }

    @Provide
    Arbitrary<String> json() {
        Arbitrary<String> strings = Arbitraries.strings()
                .all()
                .ofMaxLength(8)
                .map(text -> Json.writeString(Json.mapper().getNodeFactory().stringNode("s" + text)));
        Arbitrary<String> leaves = Arbitraries.oneOf(
                strings,
                Arbitraries.of("0", "-1.50", "2e10", "4111111111111111", "true", "false", "null", "[ ]", "{\n}"),
                Arbitraries.of("\"\\ud800\"", "\"\\/\\b\\u00e9\"", "\"\\\\\"", "\"\""));
        return nested(leaves, 3);
    }

    private static Arbitrary<String> nested(Arbitrary<String> leaves, int levels) {
        if (levels == 0) {
            return leaves;
        }
        Arbitrary<List<String>> inner =
                nested(leaves, levels - 1).list().ofMinSize(1).ofMaxSize(3);
        return Arbitraries.oneOf(
                leaves, inner.map(all -> "[ " + String.join(" ,", all) + "]"), inner.map(JsonTextsTest::object));
    }

    private static String object(List<String> values) {
        StringBuilder object = new StringBuilder("{");
        for (int i = 0; i < values.size(); i++) {
            object.append(i == 0 ? "" : ", ")
                    .append("\"name \\t")
                    .append(i)
                    .append("\" : ")
                    .append(values.get(i));
        }
        return object.append("}").toString();
    }
}
