package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Kind;
import java.util.List;

/** The forms of {@link NationalNumber} that are known. */
final class NationalNumbers {

    static final List<NationalNumber> ALL = List.of(
            new NationalNumber(
                    Kind.ZA_ID,
                    13,
                    List.of(6, 4, 3),
                    " ",
                    " ",
                    true,
                    NationalNumbers::isZaId,
                    Words.of("id", "identity", "south african")),
            new NationalNumber(
                    Kind.IN_AADHAAR,
                    12,
                    List.of(4, 4, 4),
                    "- ",
                    "- ",
                    false,
                    run -> run.digit(0) >= 2 && Checksums.verhoeff(run, 12),
                    Words.of("aadhaar", "aadhar", "adhaar", "uidai", "uid")),
            new NationalNumber(
                    Kind.DE_TAX_ID,
                    11,
                    List.of(2, 3, 3, 3),
                    " /",
                    " ",
                    false,
                    NationalNumbers::isDeTaxId,
                    Words.of(
                            "steuer id",
                            "steuerid",
                            "steuer identifikationsnummer",
                            "steueridentifikationsnummer",
                            "idnr",
                            "id nr",
                            "steuernummer",
                            "identifikationsnummer",
                            "steuer idnr",
                            "tin",
                            "tax id",
                            "steuerliche")),
            new NationalNumber(
                    Kind.PL_PESEL,
                    11,
                    List.of(),
                    "",
                    "",
                    false,
                    NationalNumbers::isPesel,
                    Words.of("pesel", "pesela", "peselu")),
            new NationalNumber(
                    Kind.CA_SIN,
                    9,
                    List.of(3, 3, 3),
                    "- ",
                    "-",
                    false,
                    run -> run.digit(0) != 0 && run.digit(0) != 8 && Checksums.luhn(run, 9, 0),
                    Words.of("sin", "social insurance", "social insurance number", "assurance sociale", "nas")),
            new NationalNumber(
                    Kind.US_ABA,
                    9,
                    List.of(4, 4, 1),
                    "-",
                    "-",
                    false,
                    NationalNumbers::isAba,
                    Words.of(
                            "aba",
                            "routing",
                            "routing number",
                            "rtn",
                            "bank routing",
                            "abarouting",
                            "transit",
                            "bankrouting")),
            new NationalNumber(
                    Kind.AU_TFN,
                    9,
                    List.of(3, 3, 3),
                    " -",
                    "",
                    false,
                    run -> Checksums.weighted(run, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0,
                    Words.of("tfn", "tax file", "tax file number", "tax file no")),
            new NationalNumber(
                    Kind.US_NPI,
                    10,
                    List.of(4, 3, 3),
                    "- ",
                    "-",
                    false,
                    run -> (run.digit(0) == 1 || run.digit(0) == 2)
                            && Checksums.luhn(run, 10, NationalNumbers.NPI_PREFIX),
                    Words.of("npi", "national provider", "provider", "provider id", "nppes")),
            new NationalNumber(
                    Kind.UK_NHS,
                    10,
                    List.of(3, 3, 4),
                    "- ",
                    "- ",
                    false,
                    run -> run.number(0, 3) != 0 && Checksums.weighted(run, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 11 == 0,
                    Words.of("nhs", "nhs number", "national health", "health service", "nhsnumber")));

    /** What the digits 80840, which stand before every provider's number, add to Luhn's sum. */
    private static final int NPI_PREFIX = 24;

    private NationalNumbers() {}

    /** Birth date, sequence, citizenship, one digit of no meaning and Luhn's check digit. */
    private static boolean isZaId(DigitRun run) {
        return isDate(run.number(2, 2), run.number(4, 2)) && run.digit(10) <= 2 && Checksums.luhn(run, 13, 0);
    }

    /** The months of other centuries are 20, 40, 60 or 80 higher. */
    private static boolean isPesel(DigitRun run) {
        return isDate(run.number(2, 2) % 20, run.number(4, 2))
                && Checksums.weighted(run, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
    }

    private static boolean isDeTaxId(DigitRun run) {
        return run.digit(0) != 0 && Checksums.mod11And10(run, 11);
    }

    /** The first two digits are those of a Federal Reserve district, of thrifts, electronic or traveller's cheques. */
    private static boolean isAba(DigitRun run) {
        int district = run.number(0, 2);
        boolean known = district >= 1 && district <= 12
                || district >= 21 && district <= 32
                || district >= 61 && district <= 72
                || district == 80;
        return known && Checksums.weighted(run, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0;
    }

    private static boolean isDate(int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }
}
