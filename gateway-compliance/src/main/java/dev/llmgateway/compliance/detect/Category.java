package dev.llmgateway.compliance.detect;

/** What sort of thing a {@link Kind} is; operators switch whole categories. */
public enum Category {
    /** Gives access to something: keys, tokens, passwords. */
    CREDENTIAL,
    /** Tells something of a person. */
    PERSONAL,
    /** What an operator or an application has added. */
    CUSTOM
}
