package dev.llmgateway.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PiecesTest {

    @Test
    void cutsAfterTheBlankLineOfEachEvent() {
        assertThat(texts(Pieces.events(bytes("data: 1\n\nevent: x\r\ndata: 2\r\n\r\ndata: 3"))))
                .containsExactly("data: 1\n\n", "event: x\r\ndata: 2\r\n\r\n", "data: 3");
    }

    @Property
    void losesNoByte(
            @ForAll @Chars({'\n', '\r', ':'}) @CharRange(from = 'a', to = 'c') String text,
            @ForAll @IntRange(min = 1, max = 9) int size) {
        assertThat(String.join("", texts(Pieces.events(bytes(text))))).isEqualTo(text);
        assertThat(String.join("", texts(Pieces.ofSize(bytes(text), size)))).isEqualTo(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(List<byte[]> pieces) {
        return pieces.stream()
                .map(piece -> new String(piece, StandardCharsets.UTF_8))
                .toList();
    }
}
