package dev.llmgateway.server.faults;

import org.assertj.core.api.SoftAssertions;

/** Checks what was recorded of calls, and counts them. */
final class Charges {
    int calls;

    void record(CallJournal.Entry entry, SoftAssertions softly) {
        calls++;
        softly.assertThat(entry.outcomes)
                .as("ends of one call: " + entry.inWords())
                .hasSize(1);
        // The tenant has its key, and more places than there are clients: unless one is not given back.
        softly.assertThat(entry.inWords()).doesNotContain("Unauthenticated", "RateLimited");
        softly.assertThat(entry.taken())
                .as("answers that one call took: " + entry.inWords() + "; lost: " + entry.lost)
                .hasSizeLessThanOrEqualTo(entry.isAgain() ? 0 : 1);
    }
}
