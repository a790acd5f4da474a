package dev.llmgateway.compliance.personal;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How numbers of a country look that are written without the country's code. It keeps the costly question whether a number is in
 * use from being asked for numbers that cannot be.
 *
 * @param prefix what is dialled before the number within the country, such as {@code 0}; empty where there is none
 * @param needsPrefix whether numbers are always written with it
 * @param lengths the lengths without it that exist
 */
record PhoneRegion(String region, String prefix, boolean needsPrefix, BitSet lengths) {

    private static final int LONGEST = 15;

    /** So many lengths exist only where almost every number is a valid one. */
    private static final int MANY_LENGTHS = 7;

    /**
     * Reads the plan of a country, which is kept in memory from then on.
     *
     * @throws IllegalArgumentException if there is no such region
     */
    static PhoneRegion of(String region) {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        String code = region.toUpperCase(Locale.ROOT);
        if (!Set.copyOf(util.getSupportedRegions()).contains(code)) {
            throw new IllegalArgumentException(
                    "a phone region is a country's two letters, such as \"GB\"; this is: \"" + region + "\"");
        }
        String prefix = util.getNddPrefixForRegion(code, true);
        BitSet lengths = new BitSet();
        for (int length = 4; length <= LONGEST; length++) {
            PhoneNumber number = new PhoneNumber()
                    .setCountryCode(util.getCountryCodeForRegion(code))
                    .setNationalNumber(Long.parseLong("2".repeat(length)));
            if (util.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE) {
                lengths.set(length);
            }
        }
        return new PhoneRegion(code, prefix == null ? "" : prefix, needsPrefix(util, code), lengths);
    }

    private static boolean needsPrefix(PhoneNumberUtil util, String region) {
        for (PhoneNumberType type : List.of(PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)) {
            @Nullable PhoneNumber example = util.getExampleNumberForType(region, type);
            if (example != null
                    && util.findNumbers(util.getNationalSignificantNumber(example), region, Leniency.VALID, 1)
                            .iterator()
                            .hasNext()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a number with these digits can be written in this country. */
    boolean mayBe(String digits) {
        boolean prefixed = !prefix.isEmpty() && digits.startsWith(prefix);
        return prefixed && lengths.get(digits.length() - prefix.length())
                || !needsPrefix && lengths.get(digits.length());
    }

    /** Whether nearly every number of a possible length is one that is in use. */
    boolean isLax() {
        return lengths.cardinality() >= MANY_LENGTHS;
    }
}
