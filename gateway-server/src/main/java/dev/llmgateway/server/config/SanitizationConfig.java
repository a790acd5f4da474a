package dev.llmgateway.server.config;

import dev.llmgateway.api.routing.DataClassification;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may pass in and out: section {@code [sanitization]}.
 *
 * @param enabled whether requests are scanned
 * @param input what happens to what is found in requests
 * @param output what happens to what is found in answers
 * @param maxClassification the highest data classification that is accepted at all, or null for any
 * @param onMarking what happens to text that carries a classification marking above the request's level; unless the file
 *     says so, nothing when requests are not scanned
 */
public record SanitizationConfig(
        boolean enabled,
        Input input,
        Output output,
        @Nullable DataClassification maxClassification,
        MarkingAction onMarking) {

    /** What happens to a request in which a credential was found. */
    public enum CredentialAction {
        REDACT,
        BLOCK
    }

    /** What happens to an answer in which something was found. */
    public enum ViolationAction {
        REDACT,
        BLOCK,
        LOG_ONLY
    }

    /** What happens to text that is marked as more sensitive than its request says. */
    public enum MarkingAction {
        RAISE,
        BLOCK,
        IGNORE
    }

    /**
     * Requests.
     *
     * @param scanCredentials whether credentials are looked for
     * @param credentialAction what happens to them
     * @param redactPii whether personal data is redacted
     * @param restore whether the caller gets the original values back in the answer
     */
    public record Input(
            boolean scanCredentials, CredentialAction credentialAction, boolean redactPii, boolean restore) {}

    /**
     * Answers.
     *
     * @param complianceGate whether answers are scanned
     * @param violationAction what happens to what is found
     * @param actions other actions, by kind of finding: section {@code [sanitization.actions]}
     */
    public record Output(
            boolean complianceGate, ViolationAction violationAction, Map<String, ViolationAction> actions) {}

    static SanitizationConfig read(Section sanitization) {
        boolean isEnabled = sanitization.flag("enabled", false);
        return new SanitizationConfig(
                isEnabled,
                new Input(
                        sanitization.flag("scan_credentials", true),
                        sanitization.word("credential_action", CredentialAction.REDACT),
                        sanitization.flag("redact_pii", false),
                        sanitization.flag("restore", false)),
                new Output(
                        sanitization.flag("compliance_gate", false),
                        sanitization.word("violation_action", ViolationAction.REDACT),
                        sanitization.section("actions", it -> it.wordsByKey(ViolationAction.class))),
                sanitization.optionalWord("max_classification", DataClassification.class),
                sanitization.word("on_marking", isEnabled ? MarkingAction.RAISE : MarkingAction.IGNORE));
    }
}
