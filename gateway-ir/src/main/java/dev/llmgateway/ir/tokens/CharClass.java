package dev.llmgateway.ir.tokens;

import java.lang.Character.UnicodeScript;
import org.jspecify.annotations.Nullable;

/**
 * The classes of characters that {@link TokenEstimator} tells apart, and the runs they form. Classes
 * that name another one (all Latin letters, all ASCII punctuation) continue its runs, because the tokenizer's first step
 * cuts text at about these places; the finer classes inside a run tell words from random letters, and prose from code.
 */
enum CharClass {
    OTHER,
    NEWLINE,
    SPACE,
    TAB,
    DIGIT,
    VOWEL,
    FREQUENT_CONSONANT(VOWEL),
    CONSONANT(VOWEL),
    RARE_CONSONANT(VOWEL),
    UPPER_VOWEL(VOWEL),
    UPPER_CONSONANT(VOWEL),
    ACCENTED(VOWEL),
    DOT_OR_COMMA,
    QUOTE(DOT_OR_COMMA),
    OPENING(DOT_OR_COMMA),
    CLOSING(DOT_OR_COMMA),
    COLON(DOT_OR_COMMA),
    UNDERSCORE(DOT_OR_COMMA),
    DASH(DOT_OR_COMMA),
    SLASH(DOT_OR_COMMA),
    OPERATOR(DOT_OR_COMMA),
    SYMBOL(DOT_OR_COMMA),
    WIDE_PUNCTUATION,
    CYRILLIC_VOWEL,
    CYRILLIC_CONSONANT(CYRILLIC_VOWEL),
    GREEK,
    ARABIC,
    DEVANAGARI,
    OTHER_SCRIPT,
    HAN,
    HIRAGANA,
    KATAKANA,
    HANGUL,
    SURROGATE;

    static final int COUNT = values().length;

    private final @Nullable CharClass run;

    CharClass() {
        this(null);
    }

    CharClass(@Nullable CharClass run) {
        this.run = run;
    }

    /** The class that stands for all whose characters form one run with this one's. */
    CharClass run() {
        return run == null ? this : run;
    }

    static CharClass of(char c) {
        if (c < 0x80) {
            return ofAscii(c);
        }
        if (Character.isSurrogate(c)) {
            return SURROGATE;
        }
        return Character.isLetter(c) || isMark(c) ? ofScript(c) : ofWideSymbol(c);
    }

    private static CharClass ofAscii(char c) {
        if (c >= 'a' && c <= 'z') {
            return isVowel(c) ? VOWEL : ofConsonant(c);
        }
        if (c >= 'A' && c <= 'Z') {
            return isVowel((char) (c + ('a' - 'A'))) ? UPPER_VOWEL : UPPER_CONSONANT;
        }
        if (c >= '0' && c <= '9') {
            return DIGIT;
        }
        return switch (c) {
            case '\n', '\r' -> NEWLINE;
            case ' ' -> SPACE;
            case '\t' -> TAB;
            case '.', ',' -> DOT_OR_COMMA;
            case '"', '\'', '`' -> QUOTE;
            case '(', '[', '{' -> OPENING;
            case ')', ']', '}' -> CLOSING;
            case ':', ';' -> COLON;
            case '_' -> UNDERSCORE;
            case '-' -> DASH;
            case '/', '\\' -> SLASH;
            case '=', '<', '>', '+', '*', '&', '|', '!' -> OPERATOR;
            default -> SYMBOL;
        };
    }

    private static boolean isVowel(char lower) {
        return "aeiou".indexOf(lower) >= 0;
    }

    private static CharClass ofConsonant(char c) {
        if ("nrtsld".indexOf(c) >= 0) {
            return FREQUENT_CONSONANT;
        }
        return "jqxz".indexOf(c) >= 0 ? RARE_CONSONANT : CONSONANT;
    }

    private static boolean isMark(char c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static CharClass ofScript(char c) {
        return switch (UnicodeScript.of(c)) {
            case LATIN -> ACCENTED;
            case CYRILLIC -> "аеиоуыэюяіїєАЕИОУЫЭЮЯІЇЄ".indexOf(c) >= 0 ? CYRILLIC_VOWEL : CYRILLIC_CONSONANT;
            case GREEK -> GREEK;
            case ARABIC -> ARABIC;
            case DEVANAGARI -> DEVANAGARI;
            case HAN -> HAN;
            case HIRAGANA -> HIRAGANA;
            case KATAKANA -> KATAKANA;
            case HANGUL -> HANGUL;
            default -> c == '\u30FC' ? KATAKANA : OTHER_SCRIPT;
        };
    }

    private static CharClass ofWideSymbol(char c) {
        boolean punctuation = (c < 0x0100) || (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) || c >= 0xFF00;
        return punctuation ? WIDE_PUNCTUATION : OTHER;
    }
}
