package dev.llmgateway.compliance.secrets;

/**
 * What must hold of a token besides its shape. Usually its characters carry 2.5 bits each and it does not say that another goes in
 * its place.
 *
 * @param entropy the least bits that each character must carry
 * @param digits the least number of digits from the anchor on
 * @param written whether values that only show where a token goes are none
 * @param separate whether it may not stand after a character of base 64 either, for forms with a weak beginning
 * @param named whether values may read as words; not with forms that names in code have too
 */
record Checks(double entropy, int digits, boolean written, boolean separate, boolean named) {

    /** One that differs from the usual. */
    @FunctionalInterface
    interface Check {
        Checks in(Checks others);
    }

    private static final Checks USUAL = new Checks(2.5, 0, true, false, true);

    static Checks with(Check... checks) {
        Checks all = USUAL;
        for (Check check : checks) {
            all = check.in(all);
        }
        return all;
    }

    /** With another floor for the entropy. */
    static Check entropy(double least) {
        return it -> new Checks(least, it.digits, it.written, it.separate, it.named);
    }

    /** With at least so many digits from the anchor on. */
    static Check digits(int least) {
        return it -> new Checks(it.entropy, least, it.written, it.separate, it.named);
    }

    /** Whatever its value looks like. */
    static Check anyValue() {
        return it -> new Checks(0, 0, false, it.separate, true);
    }

    /** Not after a character of base 64. */
    static Check alone() {
        return it -> new Checks(it.entropy, it.digits, it.written, true, it.named);
    }

    /** Not made of words. */
    static Check unnamed() {
        return it -> new Checks(it.entropy, it.digits, it.written, it.separate, false);
    }

    /**
     * @param fromAnchor where the anchor begins in the value
     */
    boolean hold(String value, int fromAnchor) {
        return Values.entropy(value) >= entropy
                && (digits == 0 || Values.digits(value.substring(fromAnchor)) >= digits)
                && !(written && Values.isPlaceholder(value))
                && (named || !new ValueShape(value.substring(fromAnchor)).isName());
    }
}
