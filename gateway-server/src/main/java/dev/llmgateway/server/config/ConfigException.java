package dev.llmgateway.server.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration file, or what was sent to change the configuration, cannot be used. The message names the file and
 * lists everything that is wrong in it.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    /**
     * Makes one.
     *
     * @param file what cannot be used, as the message is to call it
     * @param problems not empty
     */
    public ConfigException(String file, List<ConfigProblem> problems) {
        super(message(file, problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns what is wrong, in the order of the file; never empty. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String message(String file, List<ConfigProblem> problems) {
        if (problems.size() == 1) {
            return file + ": " + problems.getFirst();
        }
        return problems.stream()
                .map(problem -> "\n  - " + problem)
                .collect(Collectors.joining("", file + " has " + problems.size() + " problems:", ""));
    }
}
