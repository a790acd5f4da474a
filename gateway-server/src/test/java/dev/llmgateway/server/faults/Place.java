package dev.llmgateway.server.faults;

/** Where the first provider's configured address leads. */
enum Place {
    /** To a simulated provider that breaks on command. */
    SIMULATED,
    /** To a port on which nobody listens. */
    NOBODY_LISTENS,
    /** By TLS to a server that answers any bytes with plain HTTP. */
    PLAIN_HTTP,
    /** By TLS to a server that accepts the connection and says nothing. */
    SILENT_TLS,
    /** By TLS to a server whose certificate nobody has signed. */
    SELF_SIGNED,
    /** To a name that does not exist. */
    UNKNOWN_NAME
}
