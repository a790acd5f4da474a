package dev.llmgateway.routing;

import dev.llmgateway.api.NearestName;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.routing.NameProblem.Where;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that aliases and replacements lead somewhere, before anybody asks for them: at start-up, and before a card or a
 * rule is changed. A name is good when the catalog knows it, whether or not a provider serves it now, when it begins with
 * a configured provider's id and a slash, or when it is {@code auto}. What a card names as its replacement must be in the
 * catalog: a provider's model without a card is never in the place of one that has one.
 */
public final class NameCheck {

    private static final int NEAR_NAMES = 3;

    private final NameRules rules;
    private final ModelCatalog catalog;
    private final Set<String> providers;
    private final Set<String> deprecated;
    private final Set<String> names = new LinkedHashSet<>();
    private final List<NameProblem> problems = new ArrayList<>();

    private NameCheck(NameRules rules, ModelCatalog catalog, Collection<String> providers) {
        this.rules = rules;
        this.catalog = catalog;
        this.providers = new HashSet<>(providers);
        this.deprecated = rules.byModel().keySet();
        names.add(ShownModel.AUTO);
        for (ModelCard card : catalog.cards()) {
            names.add(card.id());
            names.add(card.wireId());
            names.add(card.plainName());
        }
    }

    /**
     * All that is wrong, aliases first.
     *
     * @param providers the ids of the configured providers
     * @return empty when all is well
     */
    public static List<NameProblem> problems(NameRules rules, ModelCatalog catalog, Collection<String> providers) {
        NameCheck check = new NameCheck(rules, catalog, providers);
        rules.aliases().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(alias -> check.alias(alias.getKey(), alias.getValue()));
        rules.deprecations().forEach(check::deprecation);
        check.cardsOfTheirOwnEnd()
                .forEach(card -> check.replacement(
                        Where.CARD, card.id(), card.lifecycle().replacement()));
        check.cycles();
        return List.copyOf(check.problems);
    }

    /**
     * What would be right instead of a name that a call cannot have: one that is no alias and no model is called.
     *
     * @param providers the ids of the configured providers
     * @return null when the name is good
     */
    public static @Nullable String remedy(
            String name, NameRules rules, ModelCatalog catalog, Collection<String> providers) {
        NameCheck check = new NameCheck(rules, catalog, providers);
        check.names.addAll(rules.aliases().keySet());
        return check.isKnown(name) ? null : check.near(name);
    }

    private void deprecation(Deprecation deprecation) {
        String model = deprecation.model();
        if (rules.aliases().containsKey(model)) {
            problems.add(new NameProblem(
                    Where.DEPRECATION, model, "has no effect: aliases are followed before", write(model)));
        }
        replacement(Where.DEPRECATION, model, deprecation.replacement());
    }

    private void alias(String alias, String model) {
        if (alias.equals(ShownModel.AUTO)) {
            problems.add(new NameProblem(
                    Where.ALIAS, alias, "takes the name that lets the gateway choose", "give it another name"));
        } else if (rules.aliases().containsKey(model) && !isKnown(model)) {
            problems.add(new NameProblem(
                    Where.ALIAS, alias, "stands for " + anAlias(model), "an alias is followed once: " + write(model)));
        } else if (!isKnown(model)) {
            problems.add(new NameProblem(
                    Where.ALIAS, alias, "stands for \"" + model + "\", which no model is called", near(model)));
        }
    }

    private void replacement(Where where, String entry, @Nullable String replacement) {
        if (replacement == null || (where == Where.CARD ? isListed(replacement) : isKnown(replacement))) {
            return;
        }
        boolean isAlias = rules.aliases().containsKey(replacement);
        problems.add(new NameProblem(
                where,
                entry,
                "has the replacement "
                        + (isAlias ? anAlias(replacement) : "\"" + replacement + "\", which no model is called"),
                isAlias ? write(replacement) : near(replacement)));
    }

    private static String anAlias(String name) {
        return "\"" + name + "\", which is an alias itself";
    }

    /** What the alias stands for, where that is a model. */
    private String write(String alias) {
        String model = rules.aliases().getOrDefault(alias, alias);
        return isKnown(model) ? "write \"" + model + "\"" : near(model);
    }

    private String near(String name) {
        List<String> near = NearestName.allOf(name, names, NEAR_NAMES);
        return near.isEmpty()
                ? "write a model's id as provider/model, with the id of a configured provider or of the catalog"
                : "did you mean " + String.join(" or ", near) + "?";
    }

    private boolean isKnown(String name) {
        int slash = name.indexOf('/');
        return isListed(name)
                || (slash > 0 && slash < name.length() - 1 && providers.contains(name.substring(0, slash)));
    }

    private boolean isListed(String name) {
        return names.contains(name) || deprecated.contains(name);
    }

    /** One problem for each cycle, told at its first entry. */
    private void cycles() {
        Map<String, String> next = replacements();
        Set<String> seen = new HashSet<>();
        for (String start : next.keySet()) {
            List<String> path = new ArrayList<>();
            String name = start;
            while (name != null && seen.add(name)) {
                path.add(name);
                name = next.get(name);
            }
            int begin = name == null ? -1 : path.indexOf(name);
            if (begin >= 0) {
                cycle(path.subList(begin, path.size()));
            }
        }
    }

    private void cycle(List<String> members) {
        String first = members.stream().filter(deprecated::contains).findFirst().orElse(members.get(0));
        Where where = deprecated.contains(first) ? Where.DEPRECATION : Where.CARD;
        String way = String.join(" -> ", members) + " -> " + members.get(0);
        problems.add(new NameProblem(
                where, first, "is part of a cycle of replacements, " + way, "let one of them have another or none"));
    }

    /** The next name by each name that has a replacement, a card's own names led to its id. */
    private Map<String, String> replacements() {
        Map<String, String> ids = new HashMap<>();
        catalog.cards().forEach(card -> ids.put(card.id(), card.id()));
        catalog.cards().forEach(card -> ids.putIfAbsent(card.wireId(), card.id()));
        catalog.cards().forEach(card -> ids.putIfAbsent(card.plainName(), card.id()));
        Map<String, String> next = new LinkedHashMap<>();
        for (Deprecation deprecation : rules.deprecations()) {
            put(next, deprecation.model(), deprecation.replacement(), ids);
        }
        cardsOfTheirOwnEnd()
                .forEach(card -> put(next, card.id(), card.lifecycle().replacement(), ids));
        return next;
    }

    /** The cards of which the operator's deprecations say nothing. */
    private Stream<ModelCard> cardsOfTheirOwnEnd() {
        return catalog.cards().stream().filter(card -> !deprecated.contains(card.id()));
    }

    /** Names with a rule of their own stand for themselves; others for the card that they find. */
    private void put(Map<String, String> next, String name, @Nullable String replacement, Map<String, String> ids) {
        if (replacement != null) {
            boolean ruled = deprecated.contains(replacement);
            next.putIfAbsent(name, ruled ? replacement : ids.getOrDefault(replacement, replacement));
        }
    }
}
