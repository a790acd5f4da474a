package dev.llmgateway.routing.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cards that a listed name stands for. A vendor has a model under its name and under that name with the day of
 * its making ({@code gpt-4o} and {@code gpt-4o-2024-11-20}, {@code claude-opus-4-5} and {@code
 * claude-opus-4-5-20251101}), and may list the one while the card has the other. Names of two different days are two
 * models.
 */
final class KnownNames {

    private static final Pattern DATED = Pattern.compile("(.+)-(?:20\\d{2}-\\d{2}-\\d{2}|20\\d{6})");

    private final Set<String> wireIds = new HashSet<>();
    private final Map<String, Set<String>> datedByName = new HashMap<>();

    KnownNames(Collection<ModelCard> cards) {
        for (ModelCard card : cards) {
            wireIds.add(card.wireId());
            String plain = undated(card.wireId());
            if (plain != null) {
                datedByName.computeIfAbsent(plain, name -> new HashSet<>()).add(card.wireId());
            }
        }
    }

    /** The wire ids of the cards that this name stands for. */
    Set<String> meant(String listed) {
        if (wireIds.contains(listed)) {
            return Set.of(listed);
        }
        String plain = undated(listed);
        return plain == null
                ? datedByName.getOrDefault(listed, Set.of())
                : Set.copyOf(wireIds.contains(plain) ? List.of(plain) : List.of());
    }

    private static @Nullable String undated(String name) {
        Matcher dated = DATED.matcher(name);
        return dated.matches() ? dated.group(1) : null;
    }
}
