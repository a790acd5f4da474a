package dev.llmgateway.api;

/**
 * Something that was found in a request or an answer and must not pass, or is to be known of. Never its value.
 *
 * @param side where it was found
 * @param action what happened to it
 * @param kind what it is, such as {@code email}
 * @param rule which form of it, such as {@code github-token}
 * @param place which text it was in, such as {@code messages[2].content[0].text} or {@code choices[0].content}
 * @param start where it began in that text, in UTF-16 units
 * @param end where it ended, exclusive; as far as was known when it was blocked
 * @param hash tells equal values from different ones, and nothing else of them
 */
public record ComplianceFinding(
        Side side, Action action, String kind, String rule, String place, int start, int end, String hash) {

    /** Where something was found. */
    public enum Side {
        REQUEST,
        ANSWER
    }

    /** What happened to it. */
    public enum Action {
        REDACTED,
        BLOCKED,
        LOGGED
    }
}
