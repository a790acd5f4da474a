package dev.llmgateway.server.config;

import java.util.List;
import java.util.Set;

/** Settings that the file may have although nothing acts on them yet, so that one line at start-up can say so. */
final class NotBuiltYet {
    /** Paths of sections and keys; a section stands for all its keys. A line goes when its feature comes. */
    static final List<String> SETTINGS = List.of("update", "cluster");

    private NotBuiltYet() {}

    /** Returns those of the settings that the file has, given the paths of the keys in it. */
    static List<String> among(Set<String> keys) {
        return SETTINGS.stream()
                .filter(setting -> keys.stream().anyMatch(key -> covers(setting, key)))
                .toList();
    }

    static boolean covers(String setting, String key) {
        return key.equals(setting) || key.startsWith(setting + ".");
    }
}
