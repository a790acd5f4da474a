package dev.llmgateway.server.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in the configuration file.
 *
 * @param what what is wrong and with which key, without secrets: {@code unknown key 'prot' in [server]}
 * @param position where: {@code line 3}, or null when the file as a whole is meant
 * @param remedy what would be right: {@code did you mean 'port'?}
 */
public record ConfigProblem(String what, @Nullable String position, String remedy) {
    /** The whole sentence: {@code unknown key 'prot' in [server], line 3: did you mean 'port'?}. */
    @Override
    public String toString() {
        return what + (position == null ? "" : ", " + position) + ": " + remedy;
    }
}
