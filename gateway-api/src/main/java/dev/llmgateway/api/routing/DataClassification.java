package dev.llmgateway.api.routing;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How sensitive data is, lowest first. */
public enum DataClassification {
    /** Anybody may see it. */
    PUBLIC,
    /** Ordinary business data: the level of a call that names none. */
    INTERNAL,
    /** Controlled Unclassified Information. */
    CUI,
    /** Data under the International Traffic in Arms Regulations. */
    ITAR,
    /** Classified information. */
    CLASSIFIED;

    /** The level as headers, files and answers spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of this word, in whatever case; empty when there is none. */
    public static Optional<DataClassification> of(String word) {
        return Stream.of(values())
                .filter(level -> level.word().equalsIgnoreCase(word.strip()))
                .findFirst();
    }

    /** This level and all below it. */
    public Set<DataClassification> andBelow() {
        return Collections.unmodifiableSet(EnumSet.range(PUBLIC, this));
    }
}
