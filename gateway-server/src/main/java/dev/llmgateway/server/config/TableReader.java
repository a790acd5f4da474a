package dev.llmgateway.server.config;

import dev.llmgateway.api.NearestName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tomlj.MutableTomlTable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** The raw values of one table, which of its keys were asked for, and the problems with it, each with its line. */
final class TableReader {
    private static final int LONGEST_SHOWN = 40;

    private final Reading reading;
    private final TomlTable table;
    private final String path;
    private final String title;
    private final int line;
    private final Set<String> known = new TreeSet<>();

    private TableReader(Reading reading, TomlTable table, String path, String title, int line) {
        this.reading = reading;
        this.table = table;
        this.path = path;
        this.title = title;
        this.line = line;
    }

    static TableReader ofFile(TomlTable file, Reading reading) {
        return new TableReader(reading, file, "", "", 1);
    }

    /** A table within this one; {@code key} is its path from here, {@code *} standing for a chosen name. */
    TableReader child(TomlTable child, String key, String childTitle, int at) {
        return new TableReader(reading, child, pathOf(key), childTitle, at);
    }

    /** A table that the file does not have. */
    TableReader absentChild(String key) {
        return child(MutableTomlTable.create(), key, "[" + pathOf(key) + "]", lineOf(key));
    }

    /** Returns the table, list or value under the key, or null; the key is then a known one. */
    @Nullable
    Object lookup(String key) {
        known.add(key);
        return table.get(List.of(key));
    }

    /** Like {@link #lookup}, for keys that hold a value and not a table. */
    @Nullable
    Object leaf(String key) {
        Object found = lookup(key);
        noteSetting(key, found != null);
        return found;
    }

    void noteSetting(String key, boolean present) {
        reading.asked(pathOf(key), present);
    }

    boolean has(String key) {
        return table.contains(List.of(key));
    }

    Set<String> keys() {
        return table.keySet();
    }

    /** Replaces the environment's variables in a value; null when that failed, which has then become a problem. */
    @Nullable
    String expand(String key, String text, int at) {
        String value = reading.expand(text, at, pathOf(key), "cannot read '" + shown(key) + "' " + where());
        if (value != null && value.chars().anyMatch(Character::isISOControl)) {
            String what = "'" + shown(key) + "' " + where() + " has a control character";
            problemAt(at, key, what, "write it as one plain line");
            return null;
        }
        return value;
    }

    /** Replaces the environment's variables in the table's own name; empty when that failed. */
    String expandName(String name) {
        String value = reading.expand(name, line, path, "cannot read the name of " + title);
        if (value != null && value.isBlank()) {
            wrongName("is empty", "name the section by the key that callers send");
        }
        return value == null ? "" : value;
    }

    /** Reports {@code the name of [section.*] <is wrong>, line 3: <remedy>}. */
    void wrongName(String isWrong, String remedy) {
        reading.problem(line, path, "the name of " + title + " " + isWrong, remedy);
    }

    void reportUnknownKeys() {
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                problem(key, unknown(key), nearest(key));
            }
        }
    }

    private String unknown(String key) {
        Object value = table.get(List.of(key));
        boolean isSection = value instanceof TomlTable || value instanceof TomlArray;
        return path.isEmpty() && isSection && !reading.isJson()
                ? "unknown section [" + shown(key) + "]"
                : "unknown key '" + shown(key) + "' " + where();
    }

    private String nearest(String key) {
        return NearestName.of(key, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> "known here: " + String.join(", ", known));
    }

    void wrongType(String key, String expected, Object found) {
        String what = "wrong type for '" + shown(key) + "' " + where();
        problem(key, what, "expected " + expected + ", found " + kind(found));
    }

    void outOfRange(String key, String expected, Object found) {
        String what = "'" + shown(key) + "' " + where() + " is out of range";
        problem(key, what, "expected " + expected + ", found " + found);
    }

    void missing(String key, String remedy) {
        problemAt(line, key, "missing key '" + key + "' " + where(), remedy);
    }

    /** Reports {@code 'key' in [section] <is wrong>, line 3: <remedy>}. */
    void wrong(String key, String isWrong, String remedy) {
        problem(key, "'" + shown(key) + "' " + where() + " " + isWrong, remedy);
    }

    /** Reports a problem at the key's line, or the table's when it has no such key. */
    void problem(String key, String what, String remedy) {
        problemAt(lineOf(key), key, what, remedy);
    }

    void problemAt(int at, String key, String what, String remedy) {
        reading.problem(at, pathOf(key), what, remedy);
    }

    /** Where the table's keys stand: {@code in [server]}. */
    String where() {
        if (path.isEmpty()) {
            return "at the top level";
        }
        return reading.isJson() ? "in '" + path + "'" : "in " + title;
    }

    /** What is expected where a table must be. */
    String aSection(String childTitle) {
        return reading.isJson() ? "an object" : "a section " + childTitle;
    }

    /** What is expected where a list of tables must be. */
    String sections(String childTitle) {
        return reading.isJson() ? "a list of objects" : "sections that each begin with " + childTitle;
    }

    int lineOf(String key) {
        return lineOf(table, key, line);
    }

    static int lineOf(TomlTable table, String key, int otherwise) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        return position == null ? otherwise : position.line();
    }

    int lineOf(TomlArray list, int index, String key) {
        TomlPosition position = list.inputPositionOf(index);
        return position == null ? lineOf(key) : position.line();
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The text as it may be printed: on one line and not endless. */
    static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN) + "...";
    }

    private String kind(Object value) {
        return switch (value) {
            case String text -> "text";
            case Long number -> "a whole number";
            case Double number -> "a number with a fraction";
            case Boolean flag -> "true or false";
            case TomlArray list -> "a list";
            case TomlTable section -> reading.isJson() ? "an object" : "a section";
            default -> "a date or time";
        };
    }
}
