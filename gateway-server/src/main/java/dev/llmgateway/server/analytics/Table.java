package dev.llmgateway.server.analytics;

import java.util.Iterator;
import java.util.List;

/**
 * Rows of the same columns.
 *
 * @param name what they are, in a word
 * @param columns the members of every row, in their order
 * @param rows each one JSON object without line breaks; read from the store as they are asked for, so that a long table is never
 *     whole in memory. Reading may fail as the store does
 */
public record Table(String name, List<String> columns, Iterator<byte[]> rows) {

    public Table {
        columns = List.copyOf(columns);
    }
}
