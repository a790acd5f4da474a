package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that has a number in it. One detector decides for all kinds, because the digits are anchors and most numbers of a text
 * are nothing: a few characters around the first digit tell so.
 */
final class Numbers implements Detector {

    /** A number with more digits in a row than this is of no kind. */
    private static final int MOST_DIGITS = 23;

    /** The shortest number of any kind, but for network addresses. */
    private static final int FEWEST_DIGITS = 7;

    private final Set<Kind> kinds;
    private final LettersFirst lettersFirst;
    private final DigitsFirst digitsFirst;

    /** In the order in which they are believed. */
    private final List<NumberForm> forms;

    Numbers(Set<Kind> kinds, List<String> phoneRegions) {
        this.kinds = kinds;
        lettersFirst = new LettersFirst(kinds);
        digitsFirst = new DigitsFirst(kinds);
        forms = forms(kinds, phoneRegions);
    }

    private static List<NumberForm> forms(Set<Kind> kinds, List<String> phoneRegions) {
        List<NationalNumber> national = NationalNumbers.ALL.stream()
                .filter(it -> kinds.contains(it.kind()))
                .toList();
        List<NumberForm> forms = new ArrayList<>();
        national.forEach(it -> forms.add(it.named()));
        if (kinds.contains(Kind.PAYMENT_CARD)) {
            forms.add(new PaymentCard());
        }
        forms.add(new SocialSecurity(kinds));
        national.stream().filter(it -> it.length() != PhoneNumbers.USUAL_LENGTH).forEach(forms::add);
        if (kinds.contains(Kind.PHONE_NUMBER)) {
            forms.add(new PhoneNumbers(phoneRegions));
        }
        national.stream().filter(it -> it.length() == PhoneNumbers.USUAL_LENGTH).forEach(forms::add);
        return List.copyOf(forms);
    }

    @Override
    public Set<Kind> kinds() {
        return kinds;
    }

    @Override
    public List<String> anchors() {
        return List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        char before = text.at(from - 1);
        if (Chars.isDigit(before)) {
            return null;
        }
        if (Chars.isLetter(before) && !Boundary.isEscape(text, from)) {
            return lettersFirst.match(text, from);
        }
        return Boundary.opens(text, from) ? digits(text, from) : null;
    }

    private @Nullable Match digits(Window text, int start) {
        int end = start + 1;
        while (end - start <= MOST_DIGITS && Chars.isDigit(text.at(end))) {
            end++;
        }
        int length = end - start;
        char after = text.at(end);
        if (length > MOST_DIGITS) {
            return null;
        }
        if (Chars.isLetter(after) || after == '-' || after == '+') {
            Match match = digitsFirst.match(text, start, length);
            if (match != null || after == '+' || Chars.isLetter(after) && length < FEWEST_DIGITS) {
                return match;
            }
        }
        if (length < FEWEST_DIGITS && !isFollowed(text, end)) {
            return null;
        }
        Match match = length == 2 ? lettersFirst.spaced(text, start) : null;
        if (match == null && after == '.' && length <= 3 && kinds.contains(Kind.IP_ADDRESS)) {
            match = IpV4.match(text, start);
        }
        return match == null ? run(text, start) : match;
    }

    /** Whether another digit may come after separators. */
    private static boolean isFollowed(Window text, int end) {
        if (!DigitRun.isSeparator(text.at(end))) {
            return false;
        }
        char next = text.at(end + 1);
        return Chars.isDigit(next) || DigitRun.isSeparator(next);
    }

    private @Nullable Match run(Window text, int start) {
        DigitRun run = DigitRun.read(text, start);
        if (run.digits(run.groups()) < FEWEST_DIGITS || run.hasManySingles()) {
            return null;
        }
        for (NumberForm form : forms) {
            Match match = form.match(text, run);
            if (match != null) {
                return match;
            }
        }
        return null;
    }
}
