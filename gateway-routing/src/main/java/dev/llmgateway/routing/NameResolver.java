package dev.llmgateway.routing;

import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Resolution;
import dev.llmgateway.api.routing.Resolution.Match;
import dev.llmgateway.api.routing.Resolution.Retirement;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a model's name means. The first match wins:
 *
 * <ol>
 *   <li>an alias, followed once;
 *   <li>a deprecation: before its day the name goes on to mean what it meant, from that day on its replacement. What the
 *       card says of its end counts when the operator says nothing;
 *   <li>a card's id, {@code provider/model};
 *   <li>a provider's own id of a model, or a card's id without the part before its slash: all providers that serve it;
 *   <li>{@code <configured provider id>/<anything>}: that provider alone, and whatever follows the slash goes on the wire, if
 *       it may be {@linkplain #isWireName a model's name};
 *   <li>{@code auto}, or no name: no preference.
 * </ol>
 *
 * A name that nobody knows goes nowhere: guessing would send a prompt to a provider that the caller did not mean.
 * Immutable; made for one version of the catalog.
 */
final class NameResolver {

    /** Replacements of replacements; more than anybody writes, and a cycle ends here. */
    private static final int MOST_REPLACEMENTS = 10;

    /** No vendor's ids come near it; paths of local models may be long. */
    static final int LONGEST_WIRE_NAME = 512;

    private final Map<String, String> aliases;
    private final Map<String, Deprecation> deprecations;
    private final RoutingTable table;
    private final NameErrors errors;

    /**
     * What a name means.
     *
     * @param pinned the models that were named, in the providers' order; empty for {@code auto} and for a refusal
     * @param refusal null when the name means something
     */
    record Resolved(
            Resolution resolution,
            List<TableEntry> pinned,
            @Nullable Refusal refusal) {}

    private record Found(Match match, List<TableEntry> entries) {}

    /**
     * Names over one version of the catalog.
     *
     * @param table made of {@link NameRules#applyTo what the rules make of it}
     */
    NameResolver(NameRules rules, RoutingTable table) {
        this.aliases = rules.aliases();
        this.deprecations = rules.byModel();
        this.table = table;
        this.errors = new NameErrors(table, aliases);
    }

    /**
     * What this name means on this day.
     *
     * @param today in UTC
     */
    Resolved resolve(String asked, LocalDate today) {
        String alias = aliases.get(asked);
        String name = alias == null ? asked : alias;
        Retirement retirement = null;
        for (int hops = 0; hops <= MOST_REPLACEMENTS; hops++) {
            Found found = find(name);
            Lifecycle end = end(name, found, today);
            if (end != null && retirement == null) {
                retirement = new Retirement(name, end.retireOn(), end.replacement(), end.isRetired(today));
            }
            Resolution resolution = new Resolution(asked, alias, retirement, name, found.match);
            if (end == null || !end.isRetired(today)) {
                return meant(resolution, living(found.entries, today), today);
            }
            if (end.replacement() == null) {
                return new Resolved(resolution, List.of(), errors.retired(resolution));
            }
            name = end.replacement();
        }
        Resolution cycle = new Resolution(asked, alias, retirement, name, Match.NONE);
        return new Resolved(cycle, List.of(), errors.retired(cycle));
    }

    private Resolved meant(Resolution resolution, List<TableEntry> entries, LocalDate today) {
        if (resolution.match() == Match.AUTO || !entries.isEmpty()) {
            return new Resolved(resolution, entries, null);
        }
        Retirement retirement = resolution.retirement();
        boolean replaced = retirement != null && retirement.inEffect();
        return new Resolved(
                resolution, List.of(), replaced ? errors.retired(resolution) : errors.unknown(resolution, today));
    }

    private Found find(String name) {
        if (name.isEmpty() || name.equals(ShownModel.AUTO)) {
            return new Found(Match.AUTO, List.of());
        }
        List<TableEntry> byCard = table.byCard(name);
        if (!byCard.isEmpty()) {
            return new Found(Match.CARD, byCard);
        }
        List<TableEntry> byName = byOwnName(name);
        if (!byName.isEmpty()) {
            return new Found(Match.WIRE_ID, byName);
        }
        TableEntry behindSlash = behindSlash(name);
        return behindSlash == null ? new Found(Match.NONE, List.of()) : new Found(Match.PROVIDER, List.of(behindSlash));
    }

    private List<TableEntry> byOwnName(String name) {
        List<TableEntry> wire = table.byWireId(name);
        List<TableEntry> plain = table.byPlainName(name);
        if (wire.size() + plain.size() < 2) {
            return wire.isEmpty() ? plain : wire;
        }
        Set<TableEntry> all = new LinkedHashSet<>(wire);
        all.addAll(plain);
        List<Upstream> order = table.snapshot().upstreams();
        List<TableEntry> inOrder = new ArrayList<>(all);
        inOrder.sort((one, other) -> Integer.compare(order.indexOf(one.upstream()), order.indexOf(other.upstream())));
        return inOrder;
    }

    private @Nullable TableEntry behindSlash(String name) {
        int slash = name.indexOf('/');
        if (slash < 1 || !isWireName(name.substring(slash + 1))) {
            return null;
        }
        Upstream upstream = table.upstream(name.substring(0, slash));
        return upstream == null ? null : table.at(upstream, name.substring(slash + 1));
    }

    /**
     * Whether a provider may be asked for a model of this name that nobody here knows. Circuits, metrics and logs keep such
     * names, so they are short and have no control characters.
     */
    static boolean isWireName(String name) {
        if (name.isEmpty() || name.length() > LONGEST_WIRE_NAME) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The end of what the name means, announced or come; null when some of it goes on. */
    private @Nullable Lifecycle end(String name, Found found, LocalDate today) {
        Deprecation deprecation = deprecations.get(name);
        if (deprecation != null) {
            return NameRules.lifecycle(deprecation);
        }
        if (found.entries.isEmpty()) {
            ModelCard notServed = table.snapshot().catalog().card(name);
            return notServed == null ? null : end(notServed, today);
        }
        Lifecycle latest = null;
        for (TableEntry entry : found.entries) {
            Lifecycle end = entry.card() == null ? null : end(entry.card(), today);
            if (end == null) {
                return null;
            }
            latest = latest == null || isLater(end, latest, today) ? end : latest;
        }
        return latest;
    }

    private static @Nullable Lifecycle end(ModelCard card, LocalDate today) {
        Lifecycle life = card.lifecycle();
        return life.retireOn() != null || life.isRetired(today) ? life : null;
    }

    private static boolean isLater(Lifecycle one, Lifecycle other, LocalDate today) {
        if (one.isRetired(today) != other.isRetired(today)) {
            return other.isRetired(today);
        }
        return one.retireOn() != null
                && (other.retireOn() == null || one.retireOn().isAfter(other.retireOn()));
    }

    private static List<TableEntry> living(List<TableEntry> entries, LocalDate today) {
        for (TableEntry entry : entries) {
            if (isRetired(entry, today)) {
                return entries.stream()
                        .filter(other -> !isRetired(other, today))
                        .toList();
            }
        }
        return entries;
    }

    static boolean isRetired(TableEntry entry, LocalDate today) {
        return entry.card() != null && entry.card().lifecycle().isRetired(today);
    }
}
