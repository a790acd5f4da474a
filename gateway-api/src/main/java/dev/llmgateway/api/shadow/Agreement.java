package dev.llmgateway.api.shadow;

import dev.llmgateway.ir.json.Json;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How far two answers agree, from 0 to 1: the Dice coefficient, {@code 2 * common / (size of one + size of the other)}.
 *
 * <ul>
 *   <li>When either answer calls tools, of their calls: two are the same when they have the same name, and arguments that are the same
 *       JSON value (or, where one is no JSON, the same text). Texts beside them do not count.
 *   <li>Otherwise of the pairs of neighbouring words of their texts, each as often as it occurs. Words are runs of letters and digits
 *       after Unicode normalisation (NFKC), in lower case; each character of a script that is written without blanks is a word. When a
 *       text has one word only, single words are compared.
 *   <li>Two answers without either agree fully.
 * </ul>
 *
 * It tells how alike two answers are worded, not which is better; only the first choice of each counts, and of long ones the first
 * 65,536 characters.
 */
public final class Agreement {

    private static final Set<UnicodeScript> WITHOUT_BLANKS = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private Agreement() {}

    /** The agreement of two texts. */
    public static double of(String one, String other) {
        List<String> a = words(one);
        List<String> b = words(other);
        boolean inPairs = a.size() > 1 && b.size() > 1;
        return dice(inPairs ? pairs(a) : a, inPairs ? pairs(b) : b);
    }

    static double of(Said one, Said other) {
        List<Said.ToolCall> a = one.toolCalls();
        List<Said.ToolCall> b = other.toolCalls();
        return a.isEmpty() && b.isEmpty() ? of(one.text(), other.text()) : dice(values(a), values(b));
    }

    private record Call(String name, Object arguments) {}

    private static List<Call> values(List<Said.ToolCall> calls) {
        return calls.stream()
                .map(call -> new Call(call.name(), value(call.arguments())))
                .toList();
    }

    private static Object value(String arguments) {
        try {
            return Json.parse(arguments.isBlank() ? "{}" : arguments);
        } catch (RuntimeException notJson) {
            return arguments;
        }
    }

    private static List<String> words(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        plain.codePoints().forEach(character -> {
            boolean isWord = Character.isLetterOrDigit(character);
            boolean isAlone = isWord && WITHOUT_BLANKS.contains(UnicodeScript.of(character));
            if (!isWord || isAlone) {
                end(word, words);
            }
            if (isWord) {
                word.appendCodePoint(character);
            }
            if (isAlone) {
                end(word, words);
            }
        });
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static List<String> pairs(List<String> words) {
        List<String> pairs = new ArrayList<>(words.size());
        for (int i = 1; i < words.size(); i++) {
            pairs.add(words.get(i - 1) + " " + words.get(i));
        }
        return pairs;
    }

    private static <T> double dice(List<T> one, List<T> other) {
        if (one.isEmpty() && other.isEmpty()) {
            return 1;
        }
        Map<T, Integer> left = new HashMap<>();
        one.forEach(item -> left.merge(item, 1, Integer::sum));
        int common = 0;
        for (T item : other) {
            Integer count = left.get(item);
            if (count != null && count > 0) {
                left.put(item, count - 1);
                common++;
            }
        }
        return 2.0 * common / (one.size() + other.size());
    }
}
