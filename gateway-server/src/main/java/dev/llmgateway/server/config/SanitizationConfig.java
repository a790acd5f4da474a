package dev.llmgateway.server.config;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.personal.PersonalDetectors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
     * @param phoneRegions the countries whose telephone numbers are known without their prefix, as two capitals
     * @param patterns what is looked for too: sections {@code [sanitization.patterns.<kind>]}
     */
    public record Scan(
            Set<Kind> kinds,
            List<String> allow,
            List<String> stopWords,
            List<String> phoneRegions,
            List<OwnPattern> patterns) {}

    /**
     * A pattern of the operator's own, which can be used.
     *
     * @param kind whose name the operator has chosen
     * @param regex in the syntax of RE2
     * @param maxLength of a match, in UTF-16 units
     */
    public record OwnPattern(Kind kind, String regex, int maxLength) {}

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

    private static final int USUAL_LENGTH = 128;
    private static final int LONGEST = 1024;

    static SanitizationConfig read(Section sanitization, KnownTenants tenants) {
        boolean isEnabled = sanitization.flag("enabled", false);
        List<OwnPattern> patterns = patterns(sanitization);
        Map<String, Kind> known = known(patterns);
        Set<Kind> kinds = kinds(sanitization);
        Function<Section, Map<Kind, Action>> actions = section -> actions(section, known, kinds);
        return new SanitizationConfig(
                isEnabled,
                new Scan(
                        kinds,
                        sanitization.texts("allow"),
                        sanitization.texts("stop_words"),
                        phoneRegions(sanitization),
                        patterns),
                new Input(
                        sanitization.flag("scan_credentials", true),
                        sanitization.word("credential_action", CredentialAction.REDACT),
                        sanitization.flag("redact_pii", false),
                        sanitization.flag("restore", false),
                        sanitization.section("request_actions", actions)),
                new Output(
                        sanitization.flag("compliance_gate", false),
                        sanitization.word("violation_action", Action.REDACT),
                        sanitization.section("actions", actions),
                        tenantActions(sanitization, tenants, actions)),
                sanitization.optionalWord("max_classification", DataClassification.class),
                sanitization.word("on_marking", isEnabled ? MarkingAction.RAISE : MarkingAction.IGNORE));
    }

    private static List<String> phoneRegions(Section sanitization) {
        List<String> regions = sanitization.texts("phone_regions");
        try {
            PersonalDetectors.of(Set.of(Kind.PHONE_NUMBER), regions);
            return regions.isEmpty() ? PersonalDetectors.PHONE_REGIONS : regions;
        } catch (IllegalArgumentException unknown) {
            sanitization.wrong("phone_regions", "cannot be used", String.valueOf(unknown.getMessage()));
            return regions;
        }
    }

    private static List<OwnPattern> patterns(Section sanitization) {
        return sanitization.named("patterns", SanitizationConfig::pattern).values().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<OwnPattern> pattern(String id, Section section) {
        String regex = section.requiredText("regex", "write what is looked for, as in regex = 'EMP-[0-9]{6}'");
        int maxLength = section.count("max_length", USUAL_LENGTH, 1, LONGEST);
        Optional<Kind> kind = ownKind(id, section);
        if (kind.isEmpty() || regex.isEmpty()) {
            return Optional.empty();
        }
        try {
            Scanner.builder().pattern(kind.get(), regex, maxLength);
            return Optional.of(new OwnPattern(kind.get(), regex, maxLength));
        } catch (IllegalArgumentException unusable) {
            section.wrong("regex", "cannot be used", String.valueOf(unusable.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<Kind> ownKind(String id, Section section) {
        if (Kind.ofId(id).isPresent()) {
            section.wrongName("is that of a built-in kind", "choose another, as in own_" + id);
            return Optional.empty();
        }
        try {
            return Optional.of(Kind.custom(id));
        } catch (IllegalArgumentException malformed) {
            section.wrongName("cannot be that of a kind", String.valueOf(malformed.getMessage()));
            return Optional.empty();
        }
    }

    /** The built-in kinds and the operator's own, by name. */
    private static Map<String, Kind> known(List<OwnPattern> patterns) {
        Map<String, Kind> known = new LinkedHashMap<>();
        Kind.builtIn().forEach(it -> known.put(it.id(), it));
        patterns.forEach(it -> known.put(it.kind().id(), it.kind()));
        return known;
    }

    private static Set<Kind> kinds(Section sanitization) {
        List<String> ids = sanitization.texts("kinds");
        Map<String, Kind> known = known(List.of());
        ids.stream()
                .filter(id -> !known.containsKey(id))
                .forEach(id -> sanitization.wrong(
                        "kinds", "has \"" + id + "\", which is no kind of finding", list(known.keySet())));
        Set<Kind> named = ids.stream().flatMap(id -> Kind.ofId(id).stream()).collect(Collectors.toSet());
        return named.isEmpty() ? Set.copyOf(Kind.builtIn()) : named;
    }

    private static Map<String, Map<Kind, Action>> tenantActions(
            Section sanitization, KnownTenants tenants, Function<Section, Map<Kind, Action>> actions) {
        Map<String, Map<Kind, Action>> byTenant = new LinkedHashMap<>();
        sanitization.named("tenant_actions", (name, section) -> {
            Map<Kind, Action> own = actions.apply(section);
            tenants.find(name, section).ifPresent(tenant -> {
                if (byTenant.putIfAbsent(tenant, own) != null) {
                    section.wrongName(
                            "means a tenant that another section has actions for", "give each tenant one section");
                }
            });
            return own;
        });
        return Map.copyOf(byTenant);
    }

    private static Map<Kind, Action> actions(Section section, Map<String, Kind> known, Set<Kind> lookedFor) {
        Map<Kind, Action> actions = new LinkedHashMap<>();
        section.wordsByKey(Action.class).forEach((id, action) -> {
            Kind kind = known.get(id);
            if (kind == null) {
                section.wrong(id, "is no kind of finding", list(known.keySet()));
            } else if (Kind.ofId(id).isPresent() && !lookedFor.contains(kind)) {
                section.wrong(id, "is not looked for", "add it to 'kinds' of [sanitization], or leave 'kinds' out");
            } else {
                actions.put(kind, action);
            }
        });
        return Map.copyOf(actions);
    }

    private static String list(Set<String> kinds) {
        return "the kinds are " + String.join(", ", kinds);
    }
}
