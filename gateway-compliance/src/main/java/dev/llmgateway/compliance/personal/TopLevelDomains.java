package dev.llmgateway.compliance.personal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The names that a host of the Internet can end in. Immutable. */
final class TopLevelDomains {

    private final Set<String> names;

    private TopLevelDomains(Set<String> names) {
        this.names = names;
    }

    /** Those of IANA's list that come with the library. */
    static TopLevelDomains read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TopLevelDomains.class.getResourceAsStream("top-level-domains.txt")),
                StandardCharsets.US_ASCII))) {
            return new TopLevelDomains(
                    lines.lines().filter(it -> !it.startsWith("#")).collect(Collectors.toUnmodifiableSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is one, in lower case and any script; two letters of ASCII are taken for a country's. */
    boolean contains(String label) {
        String name = ascii(label);
        return name.length() == 2
                ? Chars.isLetter(name.charAt(0)) && Chars.isLetter(name.charAt(1))
                : names.contains(name);
    }

    private static String ascii(String label) {
        if (label.chars().allMatch(c -> c < 128)) {
            return label;
        }
        try {
            return IDN.toASCII(label);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
