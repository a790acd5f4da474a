package dev.llmgateway.providers;

/** What may stand in a header's value. */
final class HeaderValues {

    private HeaderValues() {}

    /** True when every character is printable ASCII or a tab. */
    static boolean isValid(String value) {
        return value.chars().allMatch(c -> c >= 0x20 && c < 0x7f || c == '\t');
    }
}
