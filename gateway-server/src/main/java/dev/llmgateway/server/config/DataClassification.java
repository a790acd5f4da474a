package dev.llmgateway.server.config;

/** How sensitive data is, lowest first; written in lower case in the file. */
public enum DataClassification {
    PUBLIC,
    INTERNAL,
    CUI,
    ITAR,
    CLASSIFIED
}
