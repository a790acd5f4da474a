package dev.llmgateway.server.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in the configuration file, or in what was sent to change the configuration.
 *
 * @param what what is wrong and with which key, without secrets: {@code unknown key 'prot' in [server]}
 * @param position where: {@code line 3}, or null when the file as a whole is meant
 * @param remedy what would be right: {@code did you mean 'port'?}
 * @param field the path of the key that is meant, {@code price.input}; null when it is no single key
 */
public record ConfigProblem(
        String what,
        @Nullable String position,
        String remedy,
        @Nullable String field) {

    /** A problem with no single key. */
    public ConfigProblem(String what, @Nullable String position, String remedy) {
        this(what, position, remedy, null);
    }

    /** The whole sentence: {@code unknown key 'prot' in [server], line 3: did you mean 'port'?}. */
    @Override
    public String toString() {
        return what + (position == null ? "" : ", " + position) + ": " + remedy;
    }
}
