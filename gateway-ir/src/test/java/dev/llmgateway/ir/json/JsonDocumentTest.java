package dev.llmgateway.ir.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JsonDocumentTest {

    private static JsonDocument document(String json) {
        return JsonDocument.parse(json.getBytes(StandardCharsets.UTF_8)).document();
    }

    private static String text(JsonDocument.Edit edit) {
        return new String(edit.toBytes(), StandardCharsets.UTF_8);
    }

    @Example
    void withoutChangesTheBytesThemselvesComeBack() {
        JsonDocument document = document("{ \"a\" : 1 }");

        assertThat(document.edit().toBytes()).isSameAs(document.bytes());
    }

    @Example
    void oneMemberIsReplacedAndEveryOtherByteStays() {
        String json = "\n{ \"a\" : 1.50 ,\t\"model\":\"x\\u00e9\", \"b\" : [ 1,2 ] }\n";

        assertThat(text(document(json).edit().set("model", "new")))
                .isEqualTo("\n{ \"a\" : 1.50 ,\t\"model\":\"new\", \"b\" : [ 1,2 ] }\n");
    }

    @Example
    void membersAreAddedRemovedAndRenamed() {
        assertThat(text(document("{}").edit().set("a", true))).isEqualTo("{\"a\":true}");
        assertThat(text(document("{\"a\":1}").edit().set("b", "x"))).isEqualTo("{\"a\":1,\"b\":\"x\"}");
        assertThat(text(document("{\"a\":1, \"b\":2, \"c\":3}").edit().remove("a")))
                .isEqualTo("{\"b\":2, \"c\":3}");
        assertThat(text(document("{\"a\":1, \"b\":2, \"c\":3}").edit().remove("c")))
                .isEqualTo("{\"a\":1, \"b\":2}");
        assertThat(text(document("{\"a\":1}").edit().remove("a"))).isEqualTo("{}");
        assertThat(text(document("{\"a\":1}").edit().remove("a").set("b", true)))
                .isEqualTo("{\"b\":true}");
        assertThat(text(document("{\"a\": 1e5, \"b\":2}").edit().rename("a", "z")))
                .isEqualTo("{\"z\":1e5, \"b\":2}");
    }

    @Example
    void onlyTopMembersAreTouched() {
        assertThat(text(document("{\"a\":{\"model\":1},\"model\":2}").edit().set("model", "x")))
                .isEqualTo("{\"a\":{\"model\":1},\"model\":\"x\"}");
    }

    @Example
    void charactersOfSeveralBytesDoNotShiftThePlaces() {
        assertThat(text(document("{\"é😀\":\"你好\",\"model\":\"x\",\"z\":\"😀\"}")
                        .edit()
                        .set("model", "y")))
                .isEqualTo("{\"é😀\":\"你好\",\"model\":\"y\",\"z\":\"😀\"}");
    }

    @Example
    void whatIsNotOneObjectIsRefused() {
        for (String json : List.of(
                "",
                "[]",
                "1",
                "{",
                "{}{}",
                "{} x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":1e9999999999}")) {
            assertThatThrownBy(() -> document(json)).as(json).isInstanceOf(InvalidJsonException.class);
        }
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
        assertThatThrownBy(() -> JsonDocument.parse(utf16)).isInstanceOf(InvalidJsonException.class);
    }

    @Example
    void nestingHasABound() {
        String deep = "{\"a\":" + "[".repeat(600) + "]".repeat(600) + "}";

        assertThatThrownBy(() -> document(deep)).isInstanceOf(InvalidJsonException.class);
    }

    @Example
    void complaintsQuoteNoContent() {
        assertThatThrownBy(() -> document("{\"a\": secretword}"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageNotContaining("secretword");
    }

    @Property(tries = 500)
    void splicingSaysTheSameAsChangingTheTree(
            @ForAll("objects") Map<String, String> members,
            @ForAll("spaces") String space,
            @ForAll("names") String set,
            @ForAll("names") String removed) {
        StringBuilder json = new StringBuilder(space + "{" + space);
        members.forEach((name, value) -> json.append(json.toString().endsWith("{" + space) ? "" : ",")
                .append(space)
                .append(Json.writeString(Json.mapper().valueToTree(name)))
                .append(space)
                .append(":")
                .append(space)
                .append(value)
                .append(space));
        JsonDocument.Parsed parsed =
                JsonDocument.parse(json.append("}").append(space).toString().getBytes(StandardCharsets.UTF_8));
        ObjectNode expected = parsed.root().deepCopy();
        expected.remove(removed);
        expected.put(set, "new");

        byte[] spliced =
                parsed.document().edit().remove(removed).set(set, "new").toBytes();

        assertThat((JsonNode) JsonDocument.parse(spliced).root()).isEqualTo(expected);
    }

    @Property(tries = 1000)
    void noBytesMakeReadingFailInAnotherWayThanDocumented(@ForAll byte[] bytes) {
        try {
            JsonDocument.parse(bytes);
        } catch (InvalidJsonException documented) {
            assertThat(documented.getMessage()).isNotBlank();
        }
    }

    @Property(tries = 500)
    void everyTextCanBeWritten(@ForAll String text) {
        byte[] written = new JsonWriter().object().text(text, text).endObject().toBytes();

        JsonNode read = Json.parse(written);
        assertThat(read.get(JsonText.wellFormed(text)).asString()).isEqualTo(JsonText.wellFormed(text));
    }

    @Provide
    Arbitrary<Map<String, String>> objects() {
        Arbitrary<String> values =
                Arbitraries.of("1", "-2.50", "\"x\\u00e9\"", "{\"a\":[{}]}", "[ 1, 2 ]", "null", "\"}\"", "true");
        return Combinators.combine(
                        names().list().uniqueElements().ofMaxSize(4),
                        values.list().ofSize(4))
                .as((names, all) -> {
                    Map<String, String> members = new LinkedHashMap<>();
                    for (int i = 0; i < names.size(); i++) {
                        members.put(names.get(i), all.get(i));
                    }
                    return members;
                });
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("model", "a", "é😀", "with \"quotes\"", "");
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.of("", " ", "\n\t", "\r\n");
    }
}
