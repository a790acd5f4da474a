package dev.llmgateway.server.config;

import dev.llmgateway.api.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An enum's constants as the file writes them: in lower case. */
record EnumWords<E extends Enum<E>>(Class<E> type) {
    static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Nullable
    E find(String word) {
        return constants().filter(it -> wordOf(it).equals(word)).findFirst().orElse(null);
    }

    /** Says what may be written instead of a word that is none of these. */
    String remedyFor(String word) {
        List<String> known = constants().map(EnumWords::wordOf).toList();
        String near = NearestName.of(word, known)
                .map(name -> "did you mean \"" + name + "\"? It is ")
                .orElse("it is ");
        return near + "one of " + all();
    }

    String all() {
        return constants().map(it -> '"' + wordOf(it) + '"').collect(Collectors.joining(", "));
    }

    private Stream<E> constants() {
        return Stream.of(type.getEnumConstants());
    }
}
