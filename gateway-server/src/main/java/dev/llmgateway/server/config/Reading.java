package dev.llmgateway.server.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What comes together while one file is read, or one JSON object of the same members: its problems, the keys asked for
 * and the keys found.
 */
final class Reading {
    private record Located(int line, ConfigProblem problem) {}

    /** Null for JSON: who may send it need not be who may see the environment. */
    private final @Nullable EnvironmentTemplate template;

    private final List<Located> problems = new ArrayList<>();
    private final Set<String> known = new TreeSet<>();
    private final Set<String> set = new TreeSet<>();

    /** Reads a file whose texts may name variables of the environment. */
    Reading(Environment environment) {
        this.template = new EnvironmentTemplate(environment);
    }

    private Reading() {
        this.template = null;
    }

    /** Reads JSON, which has no lines and whose texts are taken as they are. */
    static Reading ofJson() {
        return new Reading();
    }

    boolean isJson() {
        return template == null;
    }

    void problem(int line, String path, String what, String remedy) {
        problems.add(new Located(line, new ConfigProblem(what, isJson() ? null : "line " + line, remedy, path)));
    }

    /** Notes that the key is one the file may have, and whether it has it. */
    void asked(String path, boolean present) {
        known.add(path);
        if (present) {
            set.add(path);
        }
    }

    @Nullable
    String expand(String text, int line, String path, String what) {
        return template == null ? text : template.expand(text, remedy -> problem(line, path, what, remedy));
    }

    /** Returns the problems by line; those of one line in the order in which they were found. */
    List<ConfigProblem> problems() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Located::line))
                .map(Located::problem)
                .toList();
    }

    /** Returns the paths of all keys that were asked for, {@code *} standing for a name that the operator chose. */
    Set<String> known() {
        return Set.copyOf(known);
    }

    /** Returns the paths of the keys that the file has. */
    Set<String> set() {
        return Set.copyOf(set);
    }
}
