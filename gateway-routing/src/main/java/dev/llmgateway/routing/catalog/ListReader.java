package dev.llmgateway.routing.catalog;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.ir.codec.ModelInfo;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one list of one provider against what is known. A list comes from outside: it is read so far and no farther, and
 * what it says that makes no sense is passed over and counted. For one list.
 */
final class ListReader {

    /** Entries of one list that are looked at, and models of one provider that become cards. */
    static final int MOST_MODELS = 5_000;

    /** Streaming is a matter of the vendor's protocol, not of the model; nothing else is known of one that is new. */
    private static final Capabilities STREAMS = new Capabilities(Set.of(Capability.STREAMING), Set.of());

    private static final int LONGEST_NAME = 256;
    /** Stands for "no day announced" while several names of a model are compared: the last day counts. */
    private static final LocalDate OPEN_END = LocalDate.MAX;

    private final Upstream upstream;
    private final Map<String, ModelCard> cards;
    private final KnownNames names;
    private final Listing before;
    private final Set<String> gone;
    private final int room;

    private final Map<String, ModelCard> discovered = new HashMap<>();
    /** Models that may be forgotten when there is no room for a new one. */
    private final Queue<String> yielding;

    private final Set<String> forgotten = new HashSet<>();
    private final Set<String> present = new HashSet<>();
    private final Map<String, LocalDate> ends = new HashMap<>();
    private final Map<String, LocalDate> endsOfOtherNames = new HashMap<>();
    private final Set<String> listed = new HashSet<>();
    private int added;
    private int restored;
    private int unusable;
    private int withoutRoom;
    private int taken;
    private int unreadableDates;

    /**
     * A reader for a list.
     *
     * @param cards those that did not come from lists, by id
     * @param before what the provider has listed so far
     * @param room how many cards of this provider may have come from lists
     */
    ListReader(Upstream upstream, Map<String, ModelCard> cards, Listing before, int room) {
        this.upstream = upstream;
        this.cards = cards;
        this.names =
                new KnownNames(cards.values().stream().filter(upstream::serves).toList());
        this.before = before;
        this.gone = before.gone();
        this.yielding = new ArrayDeque<>(gone.stream().sorted().toList());
        this.room = room;
    }

    /** What is known after a list, and what it changed. */
    record Result(Listing listing, ListingChange change) {}

    Result read(List<ModelInfo> models) {
        before.discovered().forEach((wireId, card) -> {
            if (names.meant(wireId).isEmpty()) {
                discovered.put(wireId, card);
            }
        });
        models.stream().limit(MOST_MODELS).forEach(this::read);
        boolean whole = models.size() <= MOST_MODELS;
        if (!whole) {
            present.addAll(before.present());
            before.ends().forEach(ends::putIfAbsent);
        }
        endsOfOtherNames.forEach(ends::putIfAbsent);
        ends.values().removeIf(OPEN_END::equals);
        Set<String> seen = new HashSet<>(before.seen());
        seen.removeAll(forgotten);
        seen.addAll(present);
        Set<String> retired = new HashSet<>(before.present());
        retired.removeAll(present);
        int unchanged = listed.size() - added - restored;
        return new Result(
                new Listing(discovered, seen, present, ends),
                new ListingChange(added, retired.size(), restored, unchanged, notes(whole)));
    }

    private void read(ModelInfo model) {
        String name = model.id();
        if (!isUsable(name)) {
            unusable++;
            return;
        }
        if (listed.contains(name)) {
            return;
        }
        Set<String> meant = names.meant(name);
        if (!meant.isEmpty()) {
            take(name, meant, end(model));
        } else if (discover(model)) {
            take(name, Set.of(name), end(model));
        }
    }

    private void take(String name, Set<String> wireIds, LocalDate end) {
        listed.add(name);
        if (wireIds.stream().anyMatch(wireId -> gone.contains(wireId) && !present.contains(wireId))) {
            restored++;
        }
        present.addAll(wireIds);
        if (wireIds.contains(name)) {
            ends.put(name, end);
        } else {
            wireIds.forEach(wireId -> endsOfOtherNames.merge(wireId, end, ListReader::later));
        }
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private boolean discover(ModelInfo model) {
        String id = upstream.provider().id() + "/" + model.id();
        if (!ModelCard.isId(id)) {
            unusable++;
            return false;
        }
        if (cards.containsKey(id)) {
            taken++;
            return false;
        }
        boolean isNew = !discovered.containsKey(model.id());
        if (isNew && discovered.size() >= room && !makeRoom()) {
            withoutRoom++;
            return false;
        }
        discovered.put(model.id(), card(id, model));
        added += isNew ? 1 : 0;
        return true;
    }

    /** A card from an earlier list that the provider had dropped before this one gives way. */
    private boolean makeRoom() {
        while (!yielding.isEmpty()) {
            String wireId = yielding.remove();
            if (!present.contains(wireId) && discovered.remove(wireId) != null) {
                forgotten.add(wireId);
                return true;
            }
        }
        return false;
    }

    private ModelCard card(String id, ModelInfo model) {
        String name = model.displayName();
        boolean chats = !OtherTrades.ofName(model.id());
        return ModelCard.builder(id, upstream.vendor(), model.id())
                .onlyAt(upstream.provider().id())
                .name(name != null && isText(name) ? name : model.id())
                .chats(chats)
                .capabilities(chats ? STREAMS : Capabilities.UNKNOWN)
                .limits(new ModelCard.Limits(positive(model.contextWindow()), null, positive(model.maxOutputTokens())))
                .build();
    }

    private static <N extends Number> @Nullable N positive(@Nullable N count) {
        return count == null || count.longValue() <= 0 ? null : count;
    }

    private LocalDate end(ModelInfo model) {
        String date = model.shutdownDate();
        if (date == null || date.isBlank()) {
            return OPEN_END;
        }
        return ShutdownDate.read(date).orElseGet(() -> {
            unreadableDates++;
            return OPEN_END;
        });
    }

    private static boolean isUsable(String name) {
        return isText(name) && name.codePoints().noneMatch(Character::isWhitespace);
    }

    /** Short enough, and nothing in it that cannot be seen. */
    private static boolean isText(String name) {
        return !name.isBlank()
                && name.length() <= LONGEST_NAME
                && name.codePoints().noneMatch(ListReader::isInvisible);
    }

    private static boolean isInvisible(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isISOControl(codePoint)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private List<String> notes(boolean whole) {
        List<String> notes = new ArrayList<>();
        if (!whole) {
            notes.add("only the first " + MOST_MODELS + " models were looked at, so none was retired");
        }
        add(
                notes,
                unusable,
                "passed over: the id is empty, longer than " + LONGEST_NAME
                        + " characters, or has blanks or control characters");
        add(notes, taken, "passed over: another card has that id");
        add(notes, withoutRoom, "passed over: the catalog holds no more models from lists");
        add(notes, unreadableDates, "listed with a shutdown date that is no ISO 8601 date; the date is ignored");
        return notes;
    }

    private static void add(List<String> notes, int count, String what) {
        if (count > 0) {
            notes.add(count + (count == 1 ? " model " : " models ") + what);
        }
    }
}
