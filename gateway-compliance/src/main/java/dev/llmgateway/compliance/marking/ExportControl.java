package dev.llmgateway.compliance.marking;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.compliance.marking.Marking.Rule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Export control: what says that a text is under the International Traffic in Arms Regulations. Talk about the law is none
 * ("what is ITAR?", "our ITAR training"), nor is a denial ("EAR99, not subject to the ITAR").
 */
final class ExportControl {

    private static final String ITAR = "ITAR";

    private static final Set<String> DENIALS = Set.of(
            "not", "no", "non", "never", "nor", "neither", "without", "isn't", "aren't", "cannot", "don't", "doesn't");

    /** Words that may stand between a denial and what is denied. */
    private static final Set<String> BETWEEN = Set.of(
            "a",
            "an",
            "any",
            "be",
            "by",
            "considered",
            "contain",
            "contains",
            "controlled",
            "covered",
            "ear",
            "governed",
            "have",
            "include",
            "includes",
            "involve",
            "involves",
            "is",
            "or",
            "regulated",
            "restricted",
            "subject",
            "the",
            "to",
            "under");

    /** What is said to be under the law when it stands behind its name. */
    private static final Set<String> CONTROLLED_THINGS = Set.of(
            "article",
            "articles",
            "controlled",
            "data",
            "defense",
            "document",
            "documents",
            "drawing",
            "drawings",
            "export",
            "hardware",
            "information",
            "marked",
            "material",
            "materials",
            "protected",
            "restricted",
            "sensitive",
            "technical");

    private static final Set<String> TALK_BEHIND = Set.of(
            "and",
            "applies",
            "are",
            "attorney",
            "audit",
            "certification",
            "certified",
            "compliance",
            "compliant",
            "consultant",
            "consultants",
            "covers",
            "ear",
            "exempt",
            "exemption",
            "exemptions",
            "expert",
            "experts",
            "free",
            "governs",
            "is",
            "law",
            "lawyer",
            "laws",
            "license",
            "licenses",
            "licensing",
            "means",
            "office",
            "officer",
            "or",
            "penalties",
            "policies",
            "policy",
            "program",
            "questions",
            "reform",
            "registered",
            "registration",
            "regulation",
            "regulations",
            "regulates",
            "requirement",
            "requirements",
            "requires",
            "rule",
            "rules",
            "specialist",
            "stands",
            "tass",
            "team",
            "training",
            "versus",
            "violation",
            "violations",
            "vs",
            "was");

    private static final Set<String> TALK_BEFORE = Set.of(
            "about", "and", "as", "between", "comply", "define", "explain", "like", "of", "or", "per", "than", "versus",
            "vs", "what", "what's", "with");

    private static final Set<String> LAYING_UNDER =
            Set.of("controlled", "covered", "governed", "prohibited", "regulated", "restricted", "subject");

    /** How far before the name of a law the word stands that lays the text under it. */
    private static final int WORDS_BEFORE = 8;

    private ExportControl() {}

    /** The abbreviation of the law, in upper case: it also is a name and a news agency. */
    static @Nullable Marking itar(CharSequence text, int at) {
        int end = at + ITAR.length();
        if (!Near.isAt(text, at, ITAR) || !Near.mayBegin(text, at) || !Near.isWordEnd(text, end)) {
            return null;
        }
        return isDenied(text, at) || !isSaidOfTheText(text, at, end) ? null : marking(at, end, Rule.ITAR);
    }

    private static boolean isSaidOfTheText(CharSequence text, int at, int end) {
        if (Near.isLineStart(text, at) && Near.isLineEnd(text, end)) {
            return true;
        }
        String after = Near.wordAfter(text, end);
        if (CONTROLLED_THINGS.contains(after)) {
            return true;
        }
        String before = Near.wordBefore(text, at);
        boolean isTalk = TALK_BEHIND.contains(after)
                || TALK_BEFORE.contains(before)
                || before.equals("regulations")
                || (before.equals("is")
                        && Near.wordBefore(text, Near.startOfWordBefore(text, at))
                                .equals("what"));
        return !isTalk && !Near.isAsked(text, end);
    }

    /** {@code 22 CFR 120-130}, or one of these parts, as {@code 22 C.F.R. § 120.1} too. */
    static @Nullable Marking regulation(CharSequence text, int at) {
        int part = Near.skipBlanks(text, at + 2);
        if (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1)) || !Near.isAt(text, at, "22") || part == at + 2) {
            return null;
        }
        if (Near.isAt(text, part, "CFR")) {
            part += 3;
        } else if (Near.isAt(text, part, "C.F.R.")) {
            part += 6;
        } else {
            return null;
        }
        part = skipSigns(text, part);
        int end = part + 3;
        if (!isPartOfTheLaw(text, part) || end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            return null;
        }
        return isDenied(text, at) || Near.isAsked(text, end) ? null : marking(at, end, Rule.ITAR_REGULATION);
    }

    private static int skipSigns(CharSequence text, int from) {
        int at = Near.skipBlanks(text, from);
        while (at < text.length() && at - from < 8 && text.charAt(at) == '§') {
            at++;
        }
        at = Near.skipBlanks(text, at);
        if (Near.isAtAnyCase(text, at, "part")) {
            at += 4;
            at += Near.isAtAnyCase(text, at, "s") ? 1 : 0;
        }
        return Near.skipBlanks(text, at);
    }

    private static boolean isPartOfTheLaw(CharSequence text, int at) {
        if (Near.isAt(text, at, "130")) {
            return true;
        }
        return Near.isAt(text, at, "12") && at + 2 < text.length() && Character.isDigit(text.charAt(at + 2));
    }

    /** {@code USML Category XI}. */
    static @Nullable Marking category(CharSequence text, int at) {
        if (!Near.isAt(text, at, "USML") || !Near.mayBegin(text, at)) {
            return null;
        }
        int word = Near.skipBlanks(text, at + 4);
        int number;
        if (Near.isAtAnyCase(text, word, "category")) {
            number = word + "category".length();
        } else if (Near.isAtAnyCase(text, word, "cat")) {
            number = word + 3 + (Near.isAt(text, word + 3, ".") ? 1 : 0);
        } else {
            return null;
        }
        int roman = Near.skipBlanks(text, number);
        int end = roman;
        while (end < text.length() && end - roman < 6 && "IVX".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        boolean isNumber = roman > number && end > roman && Near.isWordEnd(text, end);
        return !isNumber || isDenied(text, at) || Near.isAsked(text, end) ? null : marking(at, end, Rule.USML_CATEGORY);
    }

    /** The name of a law, behind words that lay the text under it. */
    static @Nullable Marking warning(CharSequence text, int at, String lawInLowerCase) {
        int end = at + lawInLowerCase.length();
        if (!Near.isAtAnyCase(text, at, lawInLowerCase) || !Near.mayBegin(text, at) || Near.isAsked(text, end)) {
            return null;
        }
        int from = at;
        boolean isLaidUnder = false;
        for (int i = 0; i < WORDS_BEFORE; i++) {
            String word = Near.wordBefore(text, from);
            if (word.isEmpty() || DENIALS.contains(word)) {
                break;
            }
            from = Near.startOfWordBefore(text, from);
            isLaidUnder |= LAYING_UNDER.contains(word);
            if (isLaidUnder) {
                return isDenied(text, from) ? null : marking(at, end, Rule.EXPORT_WARNING);
            }
        }
        return null;
    }

    /** {@code EXPORT CONTROLLED}: by which law is not said, so it is a category of CUI. */
    static @Nullable Marking exportControlled(CharSequence text, int at) {
        if (!Near.isAt(text, at, "EXPORT") || !Near.mayBegin(text, at)) {
            return null;
        }
        int word = at + "EXPORT".length() + 1;
        int end = word + "CONTROLLED".length();
        boolean isMarking = (Near.isAt(text, word - 1, " ") || Near.isAt(text, word - 1, "-"))
                && Near.isAt(text, word, "CONTROLLED")
                && Near.isWordEnd(text, end)
                && !isDenied(text, at);
        return isMarking ? new Marking(DataClassification.CUI, at, end, Rule.EXPORT_CONTROLLED) : null;
    }

    /** The statements of who may get a document of the Department of Defense; A is for everybody. */
    static @Nullable Marking distribution(CharSequence text, int at) {
        String words = "DISTRIBUTION STATEMENT ";
        int letter = at + words.length();
        if (!Near.isAt(text, at, words) || !Near.mayBegin(text, at) || letter >= text.length()) {
            return null;
        }
        char c = text.charAt(letter);
        return c >= 'B' && c <= 'F' && Near.isWordEnd(text, letter + 1)
                ? new Marking(DataClassification.CUI, at, letter + 1, Rule.DISTRIBUTION_STATEMENT)
                : null;
    }

    private static boolean isDenied(CharSequence text, int at) {
        int from = at;
        for (int i = 0; i < WORDS_BEFORE; i++) {
            String word = Near.wordBefore(text, from);
            if (DENIALS.contains(word)) {
                return true;
            }
            if (word.isEmpty() || !BETWEEN.contains(word)) {
                return false;
            }
            from = Near.startOfWordBefore(text, from);
        }
        return false;
    }

    private static Marking marking(int at, int end, Rule rule) {
        return new Marking(DataClassification.ITAR, at, end, rule);
    }
}
