package dev.llmgateway.resilience.circuit;

import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.resilience.words.Durations;

/** What is said to people. Nothing here repeats a provider's own words, which may repeat a prompt. */
final class Words {

    private Words() {}

    /** {@code failed 5 times in 60 s}. */
    static String failures(CircuitPolicy policy) {
        int times = policy.failureThreshold();
        return "failed " + (times == 1 ? "once" : times + " times") + " in " + Durations.words(policy.failureWindow());
    }

    /** What a provider did, in a few words. */
    static String of(ProviderFailed failure) {
        return switch (failure.phase()) {
            case CONNECT -> "no connection";
            case STATUS -> "status " + failure.error().status();
            case NO_ANSWER, MALFORMED -> "an answer that is none";
            case BROKEN_OFF -> "an answer that broke off";
            case REPORTED ->
                "an error inside the answer, status " + failure.error().status();
        };
    }
}
