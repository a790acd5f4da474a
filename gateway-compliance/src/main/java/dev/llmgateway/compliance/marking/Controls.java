package dev.llmgateway.compliance.marking;

import java.util.List;
import java.util.Set;

/**
 * The words that follow the slashes of a marking. Sources: the CAPCO register of authorized classification and control markings,
 * and the CUI registry of the National Archives (categories with their abbreviations, limited dissemination controls).
 */
final class Controls {

    /** Beside blanks only these count, since a comment in code also begins with slashes. */
    private static final int LEAST_LENGTH_BESIDE_BLANKS = 4;

    private static final int LONGEST = 24;

    private static final Set<String> CLASSIFIED = Set.of(
            "ACCM",
            "ATOMAL",
            "BALK",
            "BOHEMIA",
            "BYE",
            "CNWDI",
            "COMINT",
            "DCNI",
            "DSEN",
            "EXDIS",
            "FGI",
            "FISA",
            "FOUO",
            "FRD",
            "GAMMA",
            "HCS",
            "HVSACO",
            "IMC",
            "IMCON",
            "KDK",
            "KLONDIKE",
            "LES",
            "LIMDIS",
            "MR",
            "NATO",
            "NF",
            "NOCON",
            "NODIS",
            "NOFORN",
            "NOFORNORCON",
            "OC",
            "ORCON",
            "PR",
            "PROPIN",
            "RD",
            "REL",
            "RELIDO",
            "RS",
            "RSEN",
            "RSV",
            "SAR",
            "SBU",
            "SCI",
            "SI",
            "SSI",
            "STOP",
            "TFNI",
            "TK",
            "UCNI",
            "UMBRA",
            "WAIVED",
            "WNINTEL",
            "X1",
            "X2",
            "X3",
            "X4",
            "X5",
            "X6",
            "X7",
            "X8");

    private static final Set<String> CUI = Set.of(
            "AC", "AWP", "CEII", "CHRI", "CTI", "CVI", "DCRIT", "DSEN", "EXPT", "EXPTR", "FED", "FEDCON", "FEDONLY",
            "FISA", "FOUO", "FTI", "GENETIC", "HLTH", "INTEL", "INV", "ISVI", "ITAR", "LES", "LIMDIS", "NNPI", "NOCON",
            "NOFORN", "NUC", "OPSEC", "PCII", "PHYS", "PRIIG", "PROCURE", "PROPIN", "PRVCY", "REL", "RELIDO", "SBU",
            "SGI", "SP", "SSEL", "SSI", "TAX", "UCNI");

    private static final List<String> CLASSIFIED_PHRASES = List.of(
            "TALENT KEYHOLE",
            "SPECIAL ACCESS REQUIRED",
            "SPECIAL INTELLIGENCE",
            "RESTRICTED DATA",
            "FORMERLY RESTRICTED DATA",
            "DISPLAY ONLY",
            "EYES ONLY",
            "US ONLY",
            "NOT RELEASABLE TO",
            "LAW ENFORCEMENT SENSITIVE",
            "FOR OFFICIAL USE ONLY",
            "DEA SENSITIVE");

    private static final List<String> CUI_PHRASES = List.of(
            "FED ONLY",
            "DL ONLY",
            "DISPLAY ONLY",
            "ATTORNEY-CLIENT",
            "ATTORNEY-WP",
            "DEA SENSITIVE",
            "LAW ENFORCEMENT SENSITIVE",
            "FOR OFFICIAL USE ONLY");

    private Controls() {}

    /** Where the control of classified information that stands here ends; -1 when there is none. */
    static int endOfClassified(CharSequence text, int at, boolean isBesideBlanks) {
        return end(text, at, isBesideBlanks, CLASSIFIED, CLASSIFIED_PHRASES);
    }

    /** Where the category or the control of CUI that stands here ends; -1 when there is none. */
    static int endOfCui(CharSequence text, int at, boolean isBesideBlanks) {
        return end(text, at, isBesideBlanks, CUI, CUI_PHRASES);
    }

    private static int end(CharSequence text, int at, boolean isBesideBlanks, Set<String> words, List<String> phrases) {
        for (String phrase : phrases) {
            if (Near.isAt(text, at, phrase) && Near.isWordEnd(text, at + phrase.length())) {
                return at + phrase.length();
            }
        }
        int end = at;
        while (end < text.length() && end - at <= LONGEST && isControlCharacter(text.charAt(end))) {
            end++;
        }
        if (end == at || end - at > LONGEST || !Near.isWordEnd(text, end)) {
            return -1;
        }
        String word = text.subSequence(at, end).toString();
        int hyphen = word.indexOf('-');
        boolean isKnown = words.contains(hyphen > 0 ? word.substring(0, hyphen) : word) || isDate(word);
        boolean isLongEnough = !isBesideBlanks || word.length() >= LEAST_LENGTH_BESIDE_BLANKS || word.equals("SCI");
        boolean isRelease = word.equals("REL") && Near.isAt(text, end, " TO ");
        return isKnown && (isLongEnough || isRelease) ? end : -1;
    }

    private static boolean isControlCharacter(char c) {
        return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
    }

    /** When it is to be declassified: {@code 20351231}, {@code 25X1}. */
    private static boolean isDate(String word) {
        boolean isDay = word.length() == 8 && word.chars().allMatch(Character::isDigit);
        return isDay || word.startsWith("25X") || word.startsWith("50X");
    }
}
