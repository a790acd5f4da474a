package dev.llmgateway.compliance.personal;

/** Check digits. All read the first digits of a run. */
final class Checksums {

    /** The multiplication of the dihedral group of order ten, which Verhoeff's check uses. */
    private static final String[] DIHEDRAL = {
        "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
        "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"
    };

    /** Verhoeff's permutation, applied 0 to 7 times. */
    private static final String[] PERMUTED = {
        "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"
    };

    private Checksums() {}

    /** ISO/IEC 7812-1, annex B; {@code carried} is what digits that stand before the run add. */
    static boolean luhn(DigitRun run, int length, int carried) {
        int sum = carried;
        for (int i = 0; i < length; i++) {
            int digit = run.digit(length - 1 - i);
            int weighed = i % 2 == 0 ? digit : 2 * digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }

    /** The sum of the digits, each times its weight. */
    static int weighted(DigitRun run, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * run.digit(i);
        }
        return sum;
    }

    /** J. Verhoeff, "Error detecting decimal codes", 1969. */
    static boolean verhoeff(DigitRun run, int length) {
        int check = 0;
        for (int i = 0; i < length; i++) {
            int digit = run.digit(length - 1 - i);
            int permuted = PERMUTED[i % 8].charAt(digit) - '0';
            check = DIHEDRAL[check].charAt(permuted) - '0';
        }
        return check == 0;
    }

    /** ISO/IEC 7064, MOD 11,10. */
    static boolean mod11And10(DigitRun run, int length) {
        int product = 10;
        for (int i = 0; i < length - 1; i++) {
            int sum = (run.digit(i) + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return (11 - product) % 10 == run.digit(length - 1);
    }
}
