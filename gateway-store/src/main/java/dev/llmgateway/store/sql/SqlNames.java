package dev.llmgateway.store.sql;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names in SQL: read from a query, and written so that they can only be names. */
final class SqlNames {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,59}");
    private static final Pattern QUOTED = Pattern.compile("\"[A-Za-z0-9_ .,%$()/+:#&*-]{1,60}\"");

    private SqlNames() {}

    /** The name that PostgreSQL takes an identifier for: quotes are taken off, and what has none is in small letters. */
    static String read(String identifier) {
        if (PLAIN.matcher(identifier).matches()) {
            return identifier.toLowerCase(Locale.ROOT);
        }
        if (QUOTED.matcher(identifier).matches()) {
            return identifier.substring(1, identifier.length() - 1);
        }
        throw new RefusedSql("a name must be 1 to 60 of the letters a to z, digits and _; in double quotes, blanks and"
                + " simple punctuation too");
    }

    /** The name of a new column or table. */
    static String readNew(String identifier) {
        String name = read(identifier);
        if (Vocabulary.isSystemColumn(name.toLowerCase(Locale.ROOT))) {
            throw new RefusedSql("the name " + name + " belongs to PostgreSQL: take another one");
        }
        return name;
    }

    /** How to write a name: in quotes, so that no keyword comes of it, unless it is one of our own. */
    static String write(String name) {
        return isOurs(name) ? name : '"' + name + '"';
    }

    private static boolean isOurs(String name) {
        return QueryTables.has(name)
                || QueryTables.names().stream()
                        .anyMatch(table -> QueryTables.columns(table).contains(name));
    }
}
