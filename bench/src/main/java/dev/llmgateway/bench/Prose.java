package dev.llmgateway.bench;

/** Filler text of an exact length: ordinary words, ASCII, nothing that JSON would escape. */
final class Prose {
    private static final String WORDS =
            "the gateway reads a request and finds the provider that answers it while every event is passed on at once ";

    private Prose() {}

    static String words(int length) {
        return WORDS.repeat(length / WORDS.length() + 1).substring(0, length);
    }
}
