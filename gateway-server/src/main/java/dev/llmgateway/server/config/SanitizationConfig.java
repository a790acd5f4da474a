package dev.llmgateway.server.config;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.detect.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may pass in and out: section {@code [sanitization]}.
 *
 * @param enabled whether requests are scanned
 * @param scan what is looked for, on both sides
 * @param input what happens to what is found in requests
 * @param output what happens to what is found in answers
 * @param maxClassification the highest data classification that is accepted at all, or null for any
 * @param onMarking what happens to text that carries a classification marking above the request's level; unless the file
 *     says so, nothing when requests are not scanned
 */
public record SanitizationConfig(
        boolean enabled,
        Scan scan,
        Input input,
        Output output,
        @Nullable DataClassification maxClassification,
        MarkingAction onMarking) {

    /** What happens to a request in which a credential was found. */
    public enum CredentialAction {
        REDACT,
        BLOCK
    }

    /** What happens to text that is marked as more sensitive than its request says. */
    public enum MarkingAction {
        RAISE,
        BLOCK,
        IGNORE
    }

    /**
     * What is looked for.
     *
     * @param kinds the built-in kinds that are looked for
     * @param allow values that may pass, letter by letter
     * @param stopWords a value that contains one of them may pass if only its surroundings say that it is secret
     */
    public record Scan(Set<Kind> kinds, List<String> allow, List<String> stopWords) {}

    /**
     * Requests.
     *
     * @param scanCredentials whether credentials are looked for
     * @param credentialAction what happens to them
     * @param redactPii whether personal data is redacted
     * @param restore whether the caller gets the original values back in the answer
     * @param actions other actions, by kind of finding: section {@code [sanitization.request_actions]}
     */
    public record Input(
            boolean scanCredentials,
            CredentialAction credentialAction,
            boolean redactPii,
            boolean restore,
            Map<Kind, Action> actions) {}

    /**
     * Answers.
     *
     * @param complianceGate whether answers are scanned
     * @param violationAction what happens to what is found
     * @param actions other actions, by kind of finding: section {@code [sanitization.actions]}
     * @param tenantActions other actions for tenants: sections {@code [sanitization.tenant_actions.<tenant>]}
     */
    public record Output(
            boolean complianceGate,
            Action violationAction,
            Map<Kind, Action> actions,
            Map<String, Map<Kind, Action>> tenantActions) {}

    static SanitizationConfig read(Section sanitization) {
        boolean isEnabled = sanitization.flag("enabled", false);
        return new SanitizationConfig(
                isEnabled,
                new Scan(kinds(sanitization), sanitization.texts("allow"), sanitization.texts("stop_words")),
                new Input(
                        sanitization.flag("scan_credentials", true),
                        sanitization.word("credential_action", CredentialAction.REDACT),
                        sanitization.flag("redact_pii", false),
                        sanitization.flag("restore", false),
                        sanitization.section("request_actions", SanitizationConfig::actions)),
                new Output(
                        sanitization.flag("compliance_gate", false),
                        sanitization.word("violation_action", Action.REDACT),
                        sanitization.section("actions", SanitizationConfig::actions),
                        sanitization.named("tenant_actions", (tenant, section) -> actions(section))),
                sanitization.optionalWord("max_classification", DataClassification.class),
                sanitization.word("on_marking", isEnabled ? MarkingAction.RAISE : MarkingAction.IGNORE));
    }

    private static Set<Kind> kinds(Section sanitization) {
        List<String> ids = sanitization.texts("kinds");
        ids.stream()
                .filter(id -> Kind.ofId(id).isEmpty())
                .forEach(id -> sanitization.wrong("kinds", "has \"" + id + "\", which is no kind of finding", known()));
        Set<Kind> named = ids.stream().flatMap(id -> Kind.ofId(id).stream()).collect(Collectors.toSet());
        return named.isEmpty() ? Set.copyOf(Kind.builtIn()) : named;
    }

    private static Map<Kind, Action> actions(Section section) {
        Map<Kind, Action> actions = new LinkedHashMap<>();
        section.wordsByKey(Action.class).forEach((id, action) -> {
            Kind.ofId(id).ifPresent(kind -> actions.put(kind, action));
            if (Kind.ofId(id).isEmpty()) {
                section.wrong(id, "is no kind of finding", known());
            }
        });
        return Map.copyOf(actions);
    }

    private static String known() {
        return "the kinds are " + Kind.builtIn().stream().map(Kind::id).collect(Collectors.joining(", "));
    }
}
