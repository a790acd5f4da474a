package dev.llmgateway.routing;

import dev.llmgateway.api.NearestName;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Resolution;
import dev.llmgateway.api.routing.Resolution.Retirement;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a caller is told who named a model that cannot be used. */
final class NameErrors {

    private static final int NEAR_NAMES = 3;
    private static final int LONGEST_QUOTE = 100;

    private final RoutingTable table;
    private final Map<String, String> aliases;

    NameErrors(RoutingTable table, Map<String, String> aliases) {
        this.table = table;
        this.aliases = aliases;
    }

    /** Nobody serves the name. */
    Refusal unknown(Resolution resolution, LocalDate today) {
        return new Refusal.UnknownModel(whyNot(resolution, today));
    }

    /** The model is gone, and what should stand in its place is missing or cannot be used either. */
    Refusal retired(Resolution resolution) {
        Retirement retirement = resolution.retirement();
        LocalDate since = retirement == null ? null : retirement.sunset();
        String replacement = retirement == null ? null : retirement.replacement();
        String gone = which(resolution, retirement == null ? resolution.model() : retirement.model()) + " is retired"
                + (since == null ? "" : " since " + since);
        return new Refusal.RetiredModel(gone + afterwards(resolution, replacement), since);
    }

    private static String afterwards(Resolution resolution, @Nullable String replacement) {
        String remedy = ": name another model, or " + ShownModel.AUTO + " to have one chosen";
        if (replacement == null) {
            return " and has no replacement" + remedy;
        }
        String last = quoted(resolution.model());
        return " and its replacement \"" + quoted(replacement) + "\" is not served here"
                + (replacement.equals(resolution.model()) ? "" : " (it leads to \"" + last + "\")") + remedy;
    }

    private String whyNot(Resolution resolution, LocalDate today) {
        List<Upstream> upstreams = table.snapshot().upstreams();
        if (upstreams.isEmpty()) {
            return "no provider is configured, so there is no model \"" + quoted(resolution.asked()) + "\"";
        }
        String name = resolution.model();
        String which = which(resolution, name);
        ModelCard card = notServed(name);
        if (card != null) {
            return which + " is known, but no configured provider serves it: add one of the type " + card.vendor();
        }
        if (!name.isEmpty() && !NameResolver.isWireName(name.substring(name.indexOf('/') + 1))) {
            return which + " does not exist: a model's name has from 1 to " + NameResolver.LONGEST_WIRE_NAME
                    + " characters behind its provider's id, none of them a control character";
        }
        return which + " does not exist." + near(name, today) + " A provider's model that the gateway does not know is"
                + " asked for by provider/model, as in "
                + upstreams.get(0).provider().id() + "/"
                + quoted(name.substring(name.lastIndexOf('/') + 1));
    }

    private @Nullable ModelCard notServed(String name) {
        ModelCard byId = table.snapshot().catalog().card(name);
        if (byId != null) {
            return byId;
        }
        for (ModelCard card : table.snapshot().catalog().cards()) {
            if (card.wireId().equals(name) || card.plainName().equals(name)) {
                return card;
            }
        }
        return null;
    }

    /** Names that would be found, and still work. */
    private String near(String name, LocalDate today) {
        Set<String> known = new LinkedHashSet<>(aliases.keySet());
        known.add(ShownModel.AUTO);
        for (TableEntry entry : table.entries()) {
            if (!entry.delisted && !NameResolver.isRetired(entry, today)) {
                known.add(entry.candidate().model());
                ModelCard card = entry.card();
                if (card != null) {
                    known.add(card.id());
                    known.add(card.plainName());
                }
            }
        }
        List<String> near = NearestName.allOf(name, known, NEAR_NAMES);
        return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
    }

    private static String which(Resolution resolution, String name) {
        String model = "the model \"" + quoted(name) + "\"";
        return resolution.alias() == null
                ? model
                : model + ", for which \"" + quoted(resolution.asked()) + "\" is an alias,";
    }

    private static String quoted(String name) {
        return name.length() <= LONGEST_QUOTE ? name : name.substring(0, LONGEST_QUOTE) + "...";
    }
}
