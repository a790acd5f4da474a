package dev.llmgateway.server.faults;

import dev.llmgateway.ir.Usage;
import org.assertj.core.api.SoftAssertions;

/** Adds up what was recorded of calls. */
final class Charges {
    int calls;
    long input;
    long output;

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
        Usage usage = entry.usage();
        if (usage != null && !entry.isAgain()) {
            input += usage.totalInput();
            output += usage.output();
        }
    }
}
