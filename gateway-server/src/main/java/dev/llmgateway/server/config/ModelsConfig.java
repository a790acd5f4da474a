package dev.llmgateway.server.config;

import dev.llmgateway.routing.Deprecation;
import dev.llmgateway.routing.NameRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which models there are and how one is chosen.
 *
 * @param routing names, retirements and limits of the choice
 * @param cards what the operator says about models, in place of the shipped catalog's words
 * @param catalog how the catalog is kept fresh
 * @param signals reports about the quality of answers
 * @param shadow copies of requests to a candidate model
 */
public record ModelsConfig(
        Routing routing, List<ModelCardConfig> cards, Catalog catalog, Signals signals, Shadow shadow) {
    private static final int YEAR_IN_SECONDS = 365 * 86_400;

    /**
     * Section {@code [model_routing]}.
     *
     * @param stickyTtl how long a conversation stays with its model
     * @param maxCostPerRequest dearer models are not chosen, in US dollars; null for no limit
     * @param aliases model by the name that callers may use for it
     * @param deprecations models that go away
     */
    public record Routing(
            Duration stickyTtl,
            @Nullable BigDecimal maxCostPerRequest,
            Map<String, String> aliases,
            List<Deprecation> deprecations) {

        /** What this says about names. */
        public NameRules rules() {
            return new NameRules(aliases, deprecations);
        }

        static Routing read(Section routing) {
            Set<String> deprecated = new HashSet<>();
            return new Routing(
                    routing.seconds("sticky_ttl_secs", Duration.ofMinutes(15), 0, YEAR_IN_SECONDS),
                    routing.dollars("max_cost_per_request"),
                    routing.section("aliases", Section::texts),
                    routing.sections("deprecations", it -> deprecation(it, deprecated)));
        }
    }

    /** Reads a section {@code [[model_routing.deprecations]]}. */
    private static Deprecation deprecation(Section deprecation, Set<String> others) {
        String model = deprecation.requiredText("model", "name the model that goes away");
        if (!model.isEmpty() && !others.add(model)) {
            deprecation.wrong("model", "has another deprecation already", "keep one of them");
        }
        LocalDate sunset = deprecation.date("sunset_date");
        if (!deprecation.has("sunset_date")) {
            deprecation.missing("sunset_date", "write the day as in \"2026-06-01\"");
        }
        return new Deprecation(model, sunset == null ? LocalDate.MAX : sunset, deprecation.optionalText("replacement"));
    }

    /**
     * Section {@code [catalog]}.
     *
     * @param syncInterval how often providers are asked for their models; zero for never by itself
     */
    public record Catalog(Duration syncInterval) {
        static Catalog read(Section catalog) {
            return new Catalog(catalog.seconds("sync_interval_secs", Duration.ofHours(1), 0, YEAR_IN_SECONDS));
        }
    }

    /**
     * Section {@code [signals]}.
     *
     * @param requireScope whether reports need {@code x-gateway-scope}
     */
    public record Signals(boolean requireScope) {
        static Signals read(Section signals) {
            return new Signals(signals.flag("require_scope", false));
        }
    }

    /**
     * Section {@code [shadow]}.
     *
     * @param enabled whether requests are copied
     * @param sampleRate part of the requests, 0 to 1
     * @param model the model that gets the copies; not null when enabled
     */
    public record Shadow(
            boolean enabled, double sampleRate, @Nullable String model) {
        static Shadow read(Section shadow) {
            Shadow read = new Shadow(
                    shadow.flag("enabled", false),
                    shadow.decimal("sample_rate", 0.01, 0, 1),
                    shadow.optionalText("model"));
            if (read.enabled && !shadow.has("model")) {
                shadow.missing("model", "name the model that gets the copies");
            }
            return read;
        }
    }

    static ModelsConfig read(Section file) {
        return new ModelsConfig(
                file.section("model_routing", Routing::read),
                ModelCardConfig.readAll(file),
                file.section("catalog", Catalog::read),
                file.section("signals", Signals::read),
                file.section("shadow", Shadow::read));
    }
}
