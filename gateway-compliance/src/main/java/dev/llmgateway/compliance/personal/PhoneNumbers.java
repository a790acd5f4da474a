package dev.llmgateway.compliance.personal;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A phone number that is valid in its country's plan: any country's after {@code +}, otherwise one of the given regions', in which
 * case its groups must be such as phone numbers have.
 */
final class PhoneNumbers implements NumberForm {

    /** Numbers of the United States and of other countries have so many digits, and so have numbers of other kinds. */
    static final int USUAL_LENGTH = 10;

    private static final int FEWEST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;

    /** The groups in which numbers without a leading zero are written. */
    private static final Set<String> GROUPS = Set.of(
            "10", "11", "3-3-4", "3-7", "6-4", "1-10", "1-3-3-4", "1-3-7", "5-5", "4-6", "2-4-4", "2-5-4", "2-8",
            "2-9");

    /** Social security numbers, postal codes and numbers of periodicals. */
    private static final Set<String> OTHER_ZERO_GROUPS = Set.of("3-2-4", "5-4", "4-4");

    private static final Words PHONE = Words.of(
            "phone",
            "phone number",
            "telephone",
            "tel",
            "mobile",
            "mobile number",
            "cellphone",
            "cell phone",
            "cell",
            "fax",
            "sms",
            "whatsapp",
            "dial",
            "call me",
            "call us",
            "call him",
            "call her",
            "telefon",
            "handy",
            "mobil",
            "mobiltelefon",
            "t\u00E9l",
            "t\u00E9l\u00E9phone",
            "telefone",
            "celular");

    private static final Words OTHER_NUMBER = Words.of(
            "id",
            "ids",
            "isbn",
            "issn",
            "order",
            "invoice",
            "tracking",
            "account",
            "acct",
            "serial",
            "sku",
            "ticket",
            "case",
            "timestamp",
            "ts",
            "epoch",
            "ref",
            "reference",
            "hash",
            "commit",
            "build",
            "port",
            "version",
            "seed",
            "size",
            "bytes",
            "offset",
            "nonce",
            "count",
            "total",
            "amount",
            "doi",
            "pmid",
            "arxiv",
            "ean",
            "upc",
            "gtin",
            "uid",
            "pid",
            "issue",
            "max",
            "limit");

    /** The ends of the ranges of 32-bit integers. */
    private static final Set<String> LIMITS = Set.of("2147483647", "2147483648", "4294967295", "4294967296");

    private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    private final List<PhoneRegion> regions;

    PhoneNumbers(List<String> regions) {
        this.regions = regions.stream().map(PhoneRegion::of).toList();
    }

    @Override
    public @Nullable Match match(Window text, DigitRun run) {
        int first = run.start();
        boolean parenthesis = text.at(first - 1) == '(';
        boolean plus = isPlus(text.at(first - (parenthesis ? 2 : 1)));
        int start = first - (parenthesis ? 1 : 0) - (plus ? 1 : 0);
        start -= plus && text.at(start - 1) == '(' ? 1 : 0;
        if (!opens(text, start)
                || isDate(run)
                || !plus && Boundary.isInCode(text, start)
                || plus && run.digit(0) == 0) {
            return null;
        }
        for (int groups = run.groups(); groups > 0; groups--) {
            int digits = run.digits(groups);
            if (digits < FEWEST_DIGITS) {
                return null;
            }
            int end = run.end(groups - 1);
            if (digits <= MOST_DIGITS
                    && closes(text, end)
                    && !isInRow(text, run, groups)
                    && isPunctuated(run, groups, parenthesis || text.at(start) == '(')
                    && (plus ? isInternational(run, digits) : isNational(text, run, groups, digits))) {
                return new Match(
                        Kind.PHONE_NUMBER, "phone-number", plus ? 0.95 : 0.8, start, PhoneExtension.end(text, end));
            }
        }
        return null;
    }

    private boolean isInternational(DigitRun run, int digits) {
        return isValid("+" + run.written(digits), "ZZ");
    }

    private boolean isNational(Window text, DigitRun run, int groups, int digits) {
        String written = run.written(digits);
        if (written.startsWith("00") && digits >= 11 && isValid("+" + written.substring(2), "ZZ")) {
            return groups > 1 || PHONE.standBefore(text, run.start());
        }
        boolean zero = run.digit(0) == 0;
        if (zero ? !hasZeroGroups(run, groups) : !GROUPS.contains(shape(run, groups))) {
            return false;
        }
        boolean bare = groups == 1 && text.at(run.start() - 1) != '(';
        if (bare && !isCredible(text, run, written)) {
            return false;
        }
        for (PhoneRegion region : regions) {
            boolean certain = !region.isLax()
                    || !zero
                    || !bare && groups <= 4 && run.size(0) >= 3
                    || PHONE.standBefore(text, run.start());
            if (certain && region.mayBe(written) && isValid(written, region.region())) {
                return true;
            }
        }
        return false;
    }

    private boolean isValid(String written, String region) {
        try {
            PhoneNumber number = util.parse(written, region);
            return util.isValidNumber(number);
        } catch (NumberParseException e) {
            return false;
        }
    }

    /** Digits in a row are often something else: a time, a limit, a number of something. */
    private static boolean isCredible(Window text, DigitRun run, String written) {
        if (PHONE.standBefore(text, run.start())) {
            return true;
        }
        boolean time = written.length() == 10 && run.digit(0) == 1;
        boolean counted = "0123456789".startsWith(written) || written.startsWith("123456789");
        return !time
                && !counted
                && !LIMITS.contains(written)
                && !run.isAllSame(written.length())
                && !written.endsWith("000000")
                && !OTHER_NUMBER.standRightBefore(text, run.start());
    }

    private static String shape(DigitRun run, int groups) {
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < groups; i++) {
            shape.append(i == 0 ? "" : "-").append(run.size(i));
        }
        return shape.toString();
    }

    /** Numbers with a leading zero have groups of many sizes, but not those of other things. */
    private static boolean hasZeroGroups(DigitRun run, int groups) {
        String shape = shape(run, groups);
        if (OTHER_ZERO_GROUPS.contains(shape)) {
            return false;
        }
        for (int i = 0; i < groups; i++) {
            if (run.size(i) < 2) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is a part of a longer row of groups of one size that are parted alike. */
    private static boolean isInRow(Window text, DigitRun run, int groups) {
        if (groups == 1) {
            return false;
        }
        boolean goesOn = groups < run.groups()
                && run.separator(groups - 1) == run.separator(groups - 2)
                && run.size(groups) == run.size(groups - 1);
        int before = run.start() - 1;
        int first = before;
        while (before - first < run.size(0) && Chars.isDigit(text.at(first - 1))) {
            first--;
        }
        boolean comesOn = text.at(before) == run.separator(0)
                && before - first == run.size(0)
                && !Chars.isDigit(text.at(first - 1));
        return goesOn || comesOn;
    }

    /** Whether parentheses are in pairs, dots between all groups or none, and pages from one to another out of question. */
    private static boolean isPunctuated(DigitRun run, int groups, boolean opened) {
        boolean open = opened;
        int dots = 0;
        int spaced = 0;
        for (int i = 0; i < groups - 1; i++) {
            char c = run.separator(i);
            boolean opens = c == '(' || c == '\uFF08';
            boolean closes = c == ')' || c == '\uFF09';
            if (opens && (open || i > 2) || closes && !open) {
                return false;
            }
            open = opens || open && !closes;
            dots += c == '.' ? 1 : 0;
            spaced += c == DigitRun.SEVERAL ? 1 : 0;
        }
        boolean decimal = dots > 0 && (dots < groups - 1 || dots < 2);
        boolean formula = spaced > 0 && spaced < groups - 1 || spaced == 1 && run.size(0) == 1;
        boolean pages = groups == 2 && run.size(0) == 5 && run.size(1) == 5 && run.separator(0) != ' ';
        return !decimal && !formula && !pages && !(open && !opened);
    }

    private static boolean isDate(DigitRun run) {
        if (run.groups() < 3 || !run.isUniform("-/. ", 3)) {
            return false;
        }
        boolean yearFirst = run.size(0) == 4 && run.size(1) <= 2 && run.size(2) <= 2;
        boolean yearLast = run.size(0) <= 2 && run.size(1) <= 2 && run.size(2) == 4 && run.separator(0) != ' ';
        return yearFirst || yearLast;
    }

    private static boolean isPlus(char c) {
        return c == '+' || c == '\uFF0B';
    }

    /** Not after a word, a price, or what a decimal, a version or an identifier has before its last part. */
    private static boolean opens(Window text, int start) {
        char before = text.at(start - 1);
        return Boundary.opens(text, start) && !isAmount(before) && before != '/' && !isPlus(before);
    }

    private static boolean closes(Window text, int end) {
        char after = text.at(end);
        boolean time = after == ':' && Chars.isDigit(text.at(end + 1));
        return !isAmount(after) && !time && (Boundary.closes(text, end) || PhoneExtension.end(text, end) > end);
    }

    private static boolean isAmount(char c) {
        return c == '%' || Character.getType(c) == Character.CURRENCY_SYMBOL;
    }
}
