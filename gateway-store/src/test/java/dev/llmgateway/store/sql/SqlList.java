package dev.llmgateway.store.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The queries of {@code hostile.txt} and {@code useful.txt}: groups that are separated by empty lines, each with a title. */
final class SqlList {

    private SqlList() {}

    /**
     * A hostile query.
     *
     * @param isStoppedTwice whether PostgreSQL stops it, too, when only reading is allowed
     */
    record Hostile(String group, String sql, boolean isStoppedTwice) {
        @Override
        public String toString() {
            return group + ": " + sql;
        }
    }

    /** All that are to be let through. */
    static Stream<String> useful() {
        return read("useful.txt").map(Hostile::sql);
    }

    /** All that are to be refused. */
    static Stream<Hostile> hostile() {
        return read("hostile.txt");
    }

    /** Those of them that PostgreSQL is to stop, too. */
    static Stream<Hostile> stoppedTwice() {
        return hostile().filter(Hostile::isStoppedTwice);
    }

    private static Stream<Hostile> read(String file) {
        List<Hostile> all = new ArrayList<>();
        String group = "";
        for (String line : lines(file)) {
            if (line.isEmpty() || group.isEmpty()) {
                group = line;
            } else {
                all.add(new Hostile(group.replace("! ", ""), line, group.startsWith("!")));
            }
        }
        return all.stream();
    }

    private static List<String> lines(String file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SqlList.class.getResourceAsStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
