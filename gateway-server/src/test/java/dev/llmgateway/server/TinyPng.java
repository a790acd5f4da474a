package dev.llmgateway.server;

/** The smallest picture: one transparent pixel. */
final class TinyPng {
    static final String BASE64 =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private TinyPng() {}
}
