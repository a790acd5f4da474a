package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The form of a token, written like a simple regular expression and read from left to right in one go: every repetition takes as
 * many characters as it can and gives none back, and the first alternative that fits is taken. That needs no more steps than the
 * longest token has characters. Immutable.
 *
 * <pre>
 * abc            itself; \ before a character that means something here
 * (ab|cd)        one of these; longer ones first
 * [\w-]{20}      that many characters of the set, and no further one after the last set of a shape; \w and \d as usual
 * [a-z]{2,5}     that many at least and at most
 * \w{20,}        that many at least; at the end of a shape only: the rest of the run belongs to the token
 * ^              here the secret begins, when what is before is no part of it
 * </pre>
 */
final class Shape {

    /** Where a token begins and ends for certain. */
    record Span(int start, int end) {}

    sealed interface Part {}

    record Literal(List<String> alternatives) implements Part {}

    record Run(AsciiSet set, int minimum, int maximum) implements Part {}

    record Begin() implements Part {}

    static final int UNLIMITED = Integer.MAX_VALUE;

    private final List<Part> parts;
    private final @Nullable Run openEnd;
    private final AsciiSet notAfter;

    /**
     * @throws IllegalArgumentException if the form is not written as described
     */
    Shape(String form) {
        parts = new ShapeParser(form).parts();
        Run last = parts.getLast() instanceof Run run ? run : null;
        openEnd = last != null && last.maximum == UNLIMITED ? last : null;
        notAfter = last == null ? AsciiSet.LETTERS_DIGITS : AsciiSet.LETTERS_DIGITS.with(last.set);
    }

    /** The set of the only part of a form such as {@code [0-9]{8,10}}. */
    static Run run(String form) {
        List<Part> parts = new ShapeParser(form).parts();
        if (parts.size() == 1 && parts.getFirst() instanceof Run run) {
            return run;
        }
        throw new IllegalArgumentException("not a single run of characters: " + form);
    }

    /** What it can begin with, in lower case. */
    List<String> anchors() {
        List<String> anchors = List.of("");
        for (int i = 0; i < parts.size() && parts.get(i) instanceof Literal literal; i++) {
            anchors = anchors.stream()
                    .flatMap(anchor -> literal.alternatives.stream().map(anchor::concat))
                    .toList();
        }
        return anchors.stream()
                .map(it -> it.toLowerCase(Locale.ROOT))
                .map(it -> it.substring(0, Math.min(it.length(), 40)))
                .distinct()
                .toList();
    }

    /** The set in which the token goes on after what is certain; null when it does not. */
    @Nullable
    AsciiSet rest() {
        return openEnd == null ? null : openEnd.set;
    }

    /** The token that begins at {@code from}; null when there is none. */
    @Nullable
    Span at(Window text, int from) {
        int start = from;
        int i = from;
        for (Part part : parts) {
            int next = after(part, text, i);
            if (next < 0) {
                return null;
            }
            start = part instanceof Begin ? i : start;
            i = next;
        }
        return openEnd == null && notAfter.contains(text.at(i)) ? null : new Span(start, i);
    }

    private static int after(Part part, Window text, int i) {
        return switch (part) {
            case Literal literal -> afterLiteral(literal, text, i);
            case Run run -> {
                int end = text.skip(i, run.set, run.maximum == UNLIMITED ? run.minimum : run.maximum);
                yield end - i < run.minimum ? -1 : end;
            }
            case Begin begin -> i;
        };
    }

    private static int afterLiteral(Literal literal, Window text, int i) {
        for (String alternative : literal.alternatives) {
            if (text.hasLiteral(i, alternative)) {
                return i + alternative.length();
            }
        }
        return -1;
    }
}
