package dev.llmgateway.api.records;

import java.util.Locale;

/** What the failures within a call meant for its caller. */
public enum Impact {
    /** Nothing failed, or only the caller itself left. */
    NONE,
    /** A try failed, and another one was answered: the caller saw no error. */
    MITIGATED,
    /** The call failed. */
    CUSTOMER;

    /** The impact as answers spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
