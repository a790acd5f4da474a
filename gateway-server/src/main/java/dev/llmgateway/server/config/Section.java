package dev.llmgateway.server.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * One section of the file while it is read. Readers ask for each key once, with its default and range; a key that
 * nobody asked for is an unknown one and becomes a problem when the reader returns. A value that is wrong becomes a
 * problem at once, and the default is returned so that reading goes on and finds the other problems.
 *
 * <p>A section that the file does not have is an empty one: all its keys have their defaults.
 */
final class Section {
    private final TableReader table;

    private Section(TableReader table) {
        this.table = table;
    }

    /** Reads the whole file, or a JSON object in its place. */
    static <T> T readFile(TomlTable file, Reading reading, Function<Section, T> reader) {
        return read(TableReader.ofFile(file, reading), reader);
    }

    private static <T> T read(TableReader table, Function<Section, T> reader) {
        T value = reader.apply(new Section(table));
        table.reportUnknownKeys();
        return value;
    }

    /** Reads the section {@code [key]}. */
    <T> T section(String key, Function<Section, T> reader) {
        Object found = table.lookup(key);
        String title = "[" + table.pathOf(key) + "]";
        if (found instanceof TomlTable child) {
            return read(table.child(child, key, title, table.lineOf(key)), reader);
        }
        if (found != null) {
            table.wrongType(key, table.aSection(title), found);
        }
        return read(table.absentChild(key), reader);
    }

    /** Reads the sections {@code [[key]]}. */
    <T> List<T> sections(String key, Function<Section, T> reader) {
        Object found = table.lookup(key);
        String title = "[[" + table.pathOf(key) + "]]";
        List<T> all = new ArrayList<>();
        if (found instanceof TomlArray entries) {
            for (int i = 0; i < entries.size(); i++) {
                int line = table.lineOf(entries, i, key);
                if (entries.get(i) instanceof TomlTable child) {
                    all.add(read(table.child(child, key, title, line), reader));
                } else {
                    table.problemAt(line, key, "wrong entry in '" + key + "'", "expected " + table.aSection(title));
                }
            }
        } else if (found != null) {
            table.wrongType(key, table.sections(title), found);
        }
        return List.copyOf(all);
    }

    /**
     * Reads the sections {@code [key.<name>]}, whose names the operator chooses. Messages show {@code *} for the name,
     * which may be a secret.
     */
    <T> Map<String, T> named(String key, BiFunction<String, Section, T> reader) {
        Object found = table.lookup(key);
        String title = "[" + table.pathOf(key) + ".*]";
        Map<String, T> all = new LinkedHashMap<>();
        table.noteSetting(key + ".*", found instanceof TomlTable some && !some.isEmpty());
        if (found instanceof TomlTable entries) {
            for (String name : entries.keySet()) {
                int line = TableReader.lineOf(entries, name, table.lineOf(key));
                if (entries.get(List.of(name)) instanceof TomlTable child) {
                    all.put(name, read(table.child(child, key + ".*", title, line), it -> reader.apply(name, it)));
                } else {
                    table.problemAt(
                            line, key, "wrong entry in [" + table.pathOf(key) + "]", "expected a section " + title);
                }
            }
        } else if (found != null) {
            table.wrongType(key, "sections " + title, found);
        }
        return Collections.unmodifiableMap(all);
    }

    boolean flag(String key, boolean fallback) {
        Object found = table.leaf(key);
        if (found instanceof Boolean flag) {
            return flag;
        }
        if (found != null) {
            table.wrongType(key, "true or false", found);
        }
        return fallback;
    }

    int count(String key, int fallback, int min, int max) {
        return (int) whole(key, fallback, min, max, "");
    }

    /** A number of bytes, which may be larger than an {@code int}. */
    long bytes(String key, long fallback, long min, long max) {
        return whole(key, fallback, min, max, " (bytes)");
    }

    /** A time in milliseconds; the range is in milliseconds too. */
    Duration millis(String key, Duration fallback, long min, long max) {
        return Duration.ofMillis(whole(key, fallback.toMillis(), min, max, " (milliseconds)"));
    }

    /** A time in milliseconds, or null when there is none. */
    @Nullable
    Duration optionalMillis(String key, long min, long max) {
        Duration value = millis(key, Duration.ofMillis(min), min, max);
        return table.has(key) ? value : null;
    }

    /** A time in seconds; the range is in seconds too. */
    Duration seconds(String key, Duration fallback, long min, long max) {
        return Duration.ofSeconds(whole(key, fallback.toSeconds(), min, max, " (seconds)"));
    }

    @Nullable
    Integer optionalCount(String key, int min, int max) {
        int value = count(key, min, min, max);
        return table.has(key) ? value : null;
    }

    private long whole(String key, long fallback, long min, long max, String unit) {
        Object found = table.leaf(key);
        String expected = "a whole number from " + min + " to " + max + unit;
        if (found instanceof Long value) {
            if (value >= min && value <= max) {
                return value;
            }
            table.outOfRange(key, expected, value);
        } else if (found != null) {
            table.wrongType(key, expected, found);
        }
        return fallback;
    }

    double decimal(String key, double fallback, double min, double max) {
        Object found = table.leaf(key);
        String expected = "a number from " + plain(min) + " to " + plain(max);
        if (found instanceof Number value) {
            if (value.doubleValue() >= min && value.doubleValue() <= max) {
                return value.doubleValue();
            }
            table.outOfRange(key, expected, value);
        } else if (found != null) {
            table.wrongType(key, expected, found);
        }
        return fallback;
    }

    @Nullable
    Double optionalDecimal(String key, double min, double max) {
        double value = decimal(key, min, min, max);
        return table.has(key) ? value : null;
    }

    /** An amount in US dollars, not negative. */
    @Nullable
    BigDecimal dollars(String key) {
        Double value = optionalDecimal(key, 0, 1_000_000);
        return value == null ? null : BigDecimal.valueOf(value);
    }

    String text(String key, String fallback) {
        String value = optionalText(key);
        return value == null ? fallback : value;
    }

    /** Text that must be there; when it is not, {@code remedy} says what to write. */
    String requiredText(String key, String remedy) {
        String value = optionalText(key);
        if (value == null && !table.has(key)) {
            table.missing(key, remedy);
        }
        return value == null ? "" : value;
    }

    @Nullable
    String optionalText(String key) {
        Object found = table.leaf(key);
        if (found instanceof String text) {
            return filled(key, text, table.lineOf(key));
        }
        if (found != null) {
            table.wrongType(key, "text in quotes", found);
        }
        return null;
    }

    private @Nullable String filled(String key, String text, int line) {
        String value = table.expand(key, text, line);
        if (value != null && value.isBlank()) {
            table.wrong(key, "is empty", "write a value or leave the key out");
            return null;
        }
        return value;
    }

    @Nullable
    Path path(String key) {
        String value = optionalText(key);
        try {
            return value == null ? null : Path.of(value);
        } catch (InvalidPathException e) {
            table.wrong(key, "is not a path", "expected the path of a directory");
            return null;
        }
    }

    @Nullable
    Secret secret(String key) {
        String value = optionalText(key);
        return value == null ? null : new Secret(value);
    }

    /** One of an enum's constants, written in lower case. */
    <E extends Enum<E>> E word(String key, E fallback) {
        E value = optionalWord(key, fallback.getDeclaringClass());
        return value == null ? fallback : value;
    }

    <E extends Enum<E>> @Nullable E optionalWord(String key, Class<E> words) {
        Object found = table.leaf(key);
        if (found instanceof String text) {
            return constant(key, text, new EnumWords<>(words), table.lineOf(key));
        }
        if (found != null) {
            table.wrongType(key, "one of " + new EnumWords<>(words).all(), found);
        }
        return null;
    }

    /** A list of an enum's constants, or null when the file has none. */
    <E extends Enum<E>> @Nullable Set<E> optionalWords(String key, Class<E> words) {
        Object found = table.leaf(key);
        if (!(found instanceof TomlArray list)) {
            if (found != null) {
                table.wrongType(key, "a list of " + new EnumWords<>(words).all(), found);
            }
            return null;
        }
        Set<E> all = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String text) {
                E value = constant(key, text, new EnumWords<>(words), table.lineOf(list, i, key));
                if (value != null) {
                    all.add(value);
                }
            } else {
                table.wrongType(key, "a list of " + new EnumWords<>(words).all(), list);
            }
        }
        return Set.copyOf(all);
    }

    private <E extends Enum<E>> @Nullable E constant(String key, String text, EnumWords<E> words, int line) {
        String value = table.expand(key, text, line);
        E constant = value == null ? null : words.find(value);
        if (value != null && constant == null) {
            String what = "unknown value \"" + TableReader.shown(text) + "\" for '" + key + "' " + table.where();
            table.problemAt(line, key, what, words.remedyFor(value));
        }
        return constant;
    }

    /** A list of whole numbers. */
    List<Integer> counts(String key, List<Integer> fallback, int min, int max) {
        Object found = table.leaf(key);
        String expected = "a list of whole numbers from " + min + " to " + max;
        if (found instanceof TomlArray list) {
            if (list.toList().stream().allMatch(it -> it instanceof Long value && value >= min && value <= max)) {
                return list.toList().stream()
                        .map(it -> ((Long) it).intValue())
                        .distinct()
                        .toList();
            }
            table.wrong(key, "has a wrong entry", "expected " + expected);
        } else if (found != null) {
            table.wrongType(key, expected, found);
        }
        return fallback;
    }

    /** The address of an HTTP service; no user or password in it, since addresses are logged. */
    @Nullable
    URI httpUrl(String key) {
        String value = optionalText(key);
        URI address = value == null ? null : HttpUrls.parse(value);
        if (value != null && address == null) {
            table.wrong(
                    key, "is not a usable address", "expected http://host or https://host, without user or password");
        }
        return address;
    }

    /** The address of a database or the like, which may hold a password. */
    @Nullable
    Secret secretUrl(String key, List<String> schemes) {
        Secret value = secret(key);
        if (value != null && schemes.stream().noneMatch(scheme -> value.reveal().startsWith(scheme + "//"))) {
            String expected = schemes.stream().map(it -> it + "//").collect(Collectors.joining(" or "));
            table.wrong(key, "is not a usable address", "expected it to begin with " + expected);
            return null;
        }
        return value;
    }

    /** A day, written as {@code "2026-06-01"} or as a bare TOML date. */
    @Nullable
    LocalDate date(String key) {
        Object found = table.leaf(key);
        if (found instanceof LocalDate date) {
            return date;
        }
        String value = found instanceof String text ? table.expand(key, text, table.lineOf(key)) : null;
        try {
            return value == null ? noDate(key, found) : LocalDate.parse(value);
        } catch (DateTimeParseException notADate) {
            table.wrong(key, "is not a date", "expected year-month-day as in \"2026-06-01\"");
            return null;
        }
    }

    private @Nullable LocalDate noDate(String key, @Nullable Object found) {
        if (found != null && !(found instanceof String)) {
            table.wrongType(key, "a date as in \"2026-06-01\"", found);
        }
        return null;
    }

    /** Every key of this section, whatever its name, with its text. */
    Map<String, String> texts() {
        Map<String, String> all = new LinkedHashMap<>();
        table.noteSetting("*", !table.keys().isEmpty());
        for (String key : table.keys()) {
            Object found = table.lookup(key);
            if (found instanceof String text) {
                String value = filled(key, text, table.lineOf(key));
                all.put(key, value == null ? "" : value);
            } else if (found instanceof TomlTable) {
                table.wrongType(key, "text in quotes (a name with a dot stands in quotes too)", found);
            } else if (found != null) {
                table.wrongType(key, "text in quotes", found);
            }
        }
        return Collections.unmodifiableMap(all);
    }

    /** A list of texts; empty when the file has none. */
    List<String> texts(String key) {
        Object found = table.leaf(key);
        if (found instanceof TomlArray list && list.toList().stream().allMatch(it -> it instanceof String)) {
            return list.toList().stream().map(String.class::cast).toList();
        }
        if (found != null) {
            table.wrongType(key, "a list of texts in quotes", found);
        }
        return List.of();
    }

    /** Every key of this section, whatever its name, with its constant of an enum. */
    <E extends Enum<E>> Map<String, E> wordsByKey(Class<E> words) {
        Map<String, E> all = new LinkedHashMap<>();
        table.noteSetting("*", !table.keys().isEmpty());
        for (String key : table.keys()) {
            E value = optionalWord(key, words);
            if (value != null) {
                all.put(key, value);
            }
        }
        return Collections.unmodifiableMap(all);
    }

    /** The name of a section among {@link #named} ones, when it is itself a secret. */
    Secret ownName(String name) {
        return new Secret(table.expandName(name));
    }

    void wrongName(String isWrong, String remedy) {
        table.wrongName(isWrong, remedy);
    }

    boolean has(String key) {
        return table.has(key);
    }

    void missing(String key, String remedy) {
        table.missing(key, remedy);
    }

    /** Reports {@code 'key' in [section] <is wrong>, line 3: <remedy>}. */
    void wrong(String key, String isWrong, String remedy) {
        table.wrong(key, isWrong, remedy);
    }

    private static String plain(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }
}
