package dev.llmgateway.server;

import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Stage;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.detect.Category;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.marking.MarkingPolicy;
import dev.llmgateway.compliance.marking.MarkingPolicy.OnMarking;
import dev.llmgateway.compliance.stage.ComplianceStage;
import dev.llmgateway.compliance.stage.GateStage;
import dev.llmgateway.server.config.SanitizationConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What may pass in and out, as a configuration says. */
final class ConfiguredCompliance {

    /** Texts are full of addresses that mean nobody; whoever wants them replaced says so. */
    private static final Map<Kind, Action> USUAL = Map.of(Kind.IP_ADDRESS, Action.LOG_ONLY);

    private ConfiguredCompliance() {}

    static void add(SanitizationConfig config, Gateway.Builder gateway) {
        ComplianceStage.Builder stage = ComplianceStage.builder().markings(markings(config.onMarking()));
        if (config.enabled()) {
            Actions actions = requestActions(config.input());
            stage.sanitizeRequests(scanner(config.scan(), requestKinds(config)), actions)
                    .restore(config.input().restore());
        }
        if (config.output().complianceGate()) {
            gateway.stage(Stage.GATE, gate(config));
        }
        gateway.stage(Stage.COMPLIANCE, stage.build());
    }

    /** What takes secrets out of the names that callers choose, for records and logs: nothing unless requests are sanitized. */
    static UnaryOperator<String> names(SanitizationConfig config) {
        if (!config.enabled()) {
            return UnaryOperator.identity();
        }
        Actions actions = requestActions(config.input());
        Set<Kind> kinds = requestKinds(config).stream()
                .filter(kind -> actions.of(kind) != Action.LOG_ONLY)
                .collect(Collectors.toSet());
        return new CleanNames(scanner(config.scan(), kinds)::redact);
    }

    private static MarkingPolicy markings(SanitizationConfig.MarkingAction action) {
        return new MarkingPolicy(
                switch (action) {
                    case RAISE -> OnMarking.RAISE;
                    case BLOCK -> OnMarking.BLOCK;
                    case IGNORE -> OnMarking.IGNORE;
                });
    }

    private static GateStage gate(SanitizationConfig config) {
        SanitizationConfig.Output output = config.output();
        Scanner scanner = scanner(config.scan(), config.scan().kinds());
        Map<Kind, Action> common = over(USUAL, output.actions());
        GateStage.Builder gate = GateStage.builder().rules(scanner, new Actions(output.violationAction(), common));
        output.tenantActions()
                .forEach((tenant, own) ->
                        gate.rulesOf(tenant, scanner, new Actions(output.violationAction(), over(common, own))));
        return gate.build();
    }

    private static Scanner scanner(SanitizationConfig.Scan scan, Set<Kind> kinds) {
        Scanner.Builder scanner = Scanner.builder()
                .kinds(kinds)
                .allow(scan.allow())
                .stopWords(scan.stopWords())
                .phoneRegions(scan.phoneRegions());
        scan.patterns().forEach(own -> scanner.pattern(own.kind(), own.regex(), own.maxLength()));
        return scanner.build();
    }

    /** A kind that has an action of its own is looked for although its category is not. */
    private static Set<Kind> requestKinds(SanitizationConfig config) {
        SanitizationConfig.Input input = config.input();
        return config.scan().kinds().stream()
                .filter(kind -> input.actions().containsKey(kind)
                        || (kind.category() == Category.PERSONAL ? input.redactPii() : input.scanCredentials()))
                .collect(Collectors.toSet());
    }

    private static Actions requestActions(SanitizationConfig.Input input) {
        Map<Kind, Action> actions = new HashMap<>(USUAL);
        if (input.credentialAction() == SanitizationConfig.CredentialAction.BLOCK) {
            Kind.builtIn().stream()
                    .filter(kind -> kind.category() == Category.CREDENTIAL)
                    .forEach(kind -> actions.put(kind, Action.BLOCK));
        }
        return new Actions(Action.REDACT, over(actions, input.actions()));
    }

    private static Map<Kind, Action> over(Map<Kind, Action> common, Map<Kind, Action> own) {
        Map<Kind, Action> both = new HashMap<>(common);
        both.putAll(own);
        return both;
    }
}
