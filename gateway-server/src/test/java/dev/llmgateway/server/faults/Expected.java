package dev.llmgateway.server.faults;

/** What a fault at the first provider must lead to. */
sealed interface Expected {

    /** The first provider answers all the same. */
    record Answers() implements Expected {}

    /**
     * The first provider fails before its first content, so the second answers; alone, the client gets an error.
     *
     * @param why as {@link CallJournal} words it
     * @param retryAfter the header's value; empty for none
     */
    record MovesOn(int status, String why, String retryAfter) implements Expected {}

    /** The stream breaks after its first content: nobody else is asked and the client is told. */
    record BreaksOff(int status, String why) implements Expected {}

    /** The time of the whole call is spent: nobody else is asked. */
    record RunsOut() implements Expected {}

    /** The fault cannot happen to this kind of call. */
    record DoesNotApply() implements Expected {}

    /** The provider did not get as far as an answer. */
    static Expected noConnection() {
        return new MovesOn(502, "connect 502", "");
    }

    /** The provider's status. */
    static Expected status(int status) {
        return new MovesOn(status, "status " + status, "");
    }

    static Expected before(String phase) {
        return new MovesOn(502, phase + " 502", "");
    }

    static Expected after(String phase) {
        return new BreaksOff(502, phase + " 502");
    }
}
