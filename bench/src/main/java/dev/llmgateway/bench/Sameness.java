package dev.llmgateway.bench;

/** What differs between the requests of one load. */
enum Sameness {
    /** Nothing. */
    EQUAL("", "", ""),
    /** The system prompt, at a temperature whose answers a cache keeps: every request is a miss that is stored. */
    DISTINCT("", "\"temperature\":0,", Stamp.PLACE),
    /** That, and every request has an idempotency key of its own. */
    DISTINCT_WITH_KEYS("Idempotency-Key: " + Stamp.PLACE + "\r\n", "\"temperature\":0,", Stamp.PLACE);

    private final String headers;
    private final String members;
    private final String text;

    Sameness(String headers, String members, String text) {
        this.headers = headers;
        this.members = members;
        this.text = text;
    }

    /** Header lines of the request. */
    String headers() {
        return headers;
    }

    /** Members of the request's JSON object, each with a comma behind it. */
    String members() {
        return members;
    }

    /** What the system prompt begins with. */
    String text() {
        return text;
    }
}
