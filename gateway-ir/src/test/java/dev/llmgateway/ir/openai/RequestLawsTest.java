package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Requests.CAPABLE;
import static dev.llmgateway.ir.openai.Streams.CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.RequestLaws;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.UntranslatableException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of requests, and that no bytes make reading fail in an undocumented way. */
class RequestLawsTest extends RequestLaws {

    RequestLawsTest() {
        super(CODEC, CAPABLE);
    }

    @Override
    protected Arbitrary<ChatRequest> requests() {
        return Requests.any();
    }

    @Property(tries = 300)
    void aRequestWithoutReasoningKeepsItsVeryBytes(@ForAll("requests") ChatRequest request) {
        byte[] body = CODEC.encodeRequest(request, CAPABLE).body();
        ChatRequest read = CODEC.decodeRequest(body);

        assertThat(Streams.hasReasoning(read) || read.wire().bytes() == body).isTrue();
    }

    @Property(tries = 1000)
    void noBytesMakeReadingFailInAnotherWayThanDocumented(@ForAll byte[] bytes) {
        readsOrRefuses(bytes);
    }

    @Property(tries = 2000)
    void noDamageMakesReadingFailInAnotherWayThanDocumented(
            @ForAll("requests") ChatRequest request, @ForAll int where, @ForAll("damage") String what) {
        String body = new String(CODEC.encodeRequest(request, CAPABLE).body(), StandardCharsets.UTF_8);
        int at = Math.floorMod(where, body.length());
        readsOrRefuses((body.substring(0, at) + what + body.substring(at + 1)).getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 2000)
    void noWrongTypeMakesReadingFailInAnotherWayThanDocumented(
            @ForAll("requests") ChatRequest request, @ForAll int which, @ForAll("damage") String what) {
        String body = new String(CODEC.encodeRequest(request, CAPABLE).body(), StandardCharsets.UTF_8);
        String[] pieces = body.split("(?<=:)|(?=[,}\\]])");
        int at = Math.floorMod(which, pieces.length);
        pieces[at] = what;
        readsOrRefuses(String.join("", pieces).getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> damage() {
        return Arbitraries.of(
                "null", "\"", "{}", "[]", "1e999", "-1", "0.5", "\"x\"", "true", "\\ud800", ",", "}", "]", "",
                "\u0000");
    }

    private static void readsOrRefuses(byte[] bytes) {
        try {
            ChatRequest request = CODEC.decodeRequest(bytes);
            assertThat(CODEC.encodeRequest(request, Streams.OPENAI).body()).isNotEmpty();
            assertThat(CODEC.encodeRequest(request.toBuilder().build(), Streams.GOOGLE)
                            .body())
                    .isNotEmpty();
        } catch (InvalidRequestFormatException | UntranslatableException documented) {
            assertThat(documented.getMessage()).isNotBlank();
        }
    }
}
