package dev.llmgateway.compliance.marking;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.compliance.detect.AsciiSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds classification markings: banner lines ({@code SECRET//NOFORN}, {@code CUI//SP-CTI}), portion marks ({@code (S//NF)},
 * {@code (CUI)}), and what says that a text is under ITAR. A marking needs upper case and the form that the rules for marking
 * give it, so that prose about secrets, addresses and comments in code are none; only names of laws count in any case.
 *
 * <pre>{@code
 * Markings.highest("(S//NF) The convoy leaves at dawn.")
 *         .map(Marking::level); // CLASSIFIED
 * }</pre>
 *
 * <p>Time is linear in the length for every text. Pure functions.
 */
public final class Markings {

    private static final String TRAFFIC_IN_ARMS = "international traffic in arms regulations";
    private static final String ARMS_EXPORT = "arms export control act";

    /** What a marking may begin with, by character. */
    private static final AsciiSet FIRST = AsciiSet.of("(2ACDEISTU");

    private Markings() {}

    /** The first of the highest markings in a text; empty when it carries none. */
    public static Optional<Marking> highest(CharSequence text) {
        Marking highest = null;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (FIRST.contains(c)) {
                Marking found = at(text, i, c, length);
                if (found != null && (highest == null || found.level().compareTo(highest.level()) > 0)) {
                    highest = found;
                    if (found.level() == DataClassification.CLASSIFIED) {
                        break;
                    }
                }
            }
        }
        return Optional.ofNullable(highest);
    }

    private static @Nullable Marking at(CharSequence text, int at, char first, int length) {
        if (at + 2 >= length) {
            return null;
        }
        char second = text.charAt(at + 1);
        return switch (first) {
            case '(' -> "TSCU".indexOf(second) < 0 ? null : Banners.portion(text, at);
            case '2' -> second == '2' ? ExportControl.regulation(text, at) : null;
            case 'C' -> second == 'U' || second == 'O' ? Banners.banner(text, at) : null;
            case 'S' -> second == 'E' ? Banners.banner(text, at) : null;
            case 'T' -> second == 'O' ? Banners.banner(text, at) : null;
            case 'U' ->
                switch (second) {
                    case 'N' -> Banners.banner(text, at);
                    case 'S' -> ExportControl.category(text, at);
                    default -> null;
                };
            case 'D' -> second == 'I' ? ExportControl.distribution(text, at) : null;
            case 'E' -> second == 'X' ? ExportControl.exportControlled(text, at) : null;
            case 'I' -> second == 'T' ? ExportControl.itar(text, at) : ExportControl.warning(text, at, TRAFFIC_IN_ARMS);
            case 'A' -> ExportControl.warning(text, at, ARMS_EXPORT);
            default -> null;
        };
    }
}
