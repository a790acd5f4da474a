package dev.llmgateway.compliance.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Places in a text are told by what it has become. */
class FilteredTextTest {

    /** A piece of a text, and what stands for it; null when it stays. */
    private record Piece(String old, String now, boolean stays) {}

    @Provide
    Arbitrary<List<Piece>> pieces() {
        Arbitrary<String> words = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(12);
        Arbitrary<Piece> kept = words.map(word -> new Piece(word, word, true));
        Arbitrary<Piece> replaced = Combinators.combine(
                        words, Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(20))
                .as((old, now) -> new Piece(old, now, false));
        return Arbitraries.oneOf(kept, replaced).list().ofMinSize(1).ofMaxSize(20);
    }

    private static FilteredText filtered(List<Piece> pieces, boolean inHalves) {
        FilteredText text = new FilteredText();
        for (Piece piece : pieces) {
            int length = piece.old.length();
            text.arrive(length);
            if (piece.stays) {
                text.pass(length);
            } else if (inHalves && length > 1) {
                text.replace(1, piece.now);
                text.replace(length - 1, "");
            } else {
                text.replace(length, piece.now);
            }
        }
        return text;
    }

    private static int length(List<Piece> pieces, boolean now) {
        return pieces.stream()
                .mapToInt(piece -> (now ? piece.now : piece.old).length())
                .sum();
    }

    @Property
    void whatNamedAPieceNamesWhatStandsForIt(@ForAll("pieces") List<Piece> pieces, @ForAll boolean inHalves) {
        FilteredText text = filtered(pieces, inHalves);
        StringBuilder whole = new StringBuilder();
        pieces.forEach(piece -> whole.append(piece.now));
        for (int i = 0; i < pieces.size(); i++) {
            int from = length(pieces.subList(0, i), false);
            int to = from + pieces.get(i).old.length();
            assertThat(whole.substring(text.start(from), text.end(to))).isEqualTo(pieces.get(i).now);
        }
        assertThat(text.growth()).isEqualTo(length(pieces, true) - length(pieces, false));
    }

    @Property
    void whatNamedAStretchNamesAllThatStandsForAnyOfIt(
            @ForAll("pieces") List<Piece> pieces, @ForAll boolean inHalves, @ForAll int seed) {
        FilteredText text = filtered(pieces, inHalves);
        int length = length(pieces, false);
        int from = Math.floorMod(seed, length);
        int to = from + 1 + Math.floorMod(seed / 7, length - from);
        int oldAt = 0;
        int nowAt = 0;
        int begin = -1;
        int end = -1;
        for (Piece piece : pieces) {
            boolean begins = from >= oldAt && from < oldAt + piece.old.length();
            boolean ends = to > oldAt && to <= oldAt + piece.old.length();
            begin = begins ? nowAt + (piece.stays ? from - oldAt : 0) : begin;
            end = ends ? nowAt + (piece.stays ? to - oldAt : piece.now.length()) : end;
            oldAt += piece.old.length();
            nowAt += piece.now.length();
        }
        assertThat(text.start(from)).isEqualTo(begin);
        assertThat(text.end(to)).isEqualTo(end);
    }

    /** However many: of those beyond a bound it is only known that they stand somewhere behind. */
    @Test
    void manyReplacementsAreBounded() {
        FilteredText text = new FilteredText();
        for (int i = 0; i < 100_000; i++) {
            text.arrive(3);
            text.pass(1);
            text.replace(2, "abc");
        }
        text.arrive(5);
        text.pass(5);

        assertThat(text.start(300_001)).isEqualTo(400_001);
        assertThat(text.end(300_005)).isEqualTo(400_005);
        assertThat(text.start(3)).isEqualTo(4);
    }
}
