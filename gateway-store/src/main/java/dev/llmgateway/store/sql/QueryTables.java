package dev.llmgateway.store.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables that queries may read, and of each the columns; what people said to models is in none of them. */
public final class QueryTables {

    private record Column(String name, String type, String meaning) {}

    private static final Map<String, List<Column>> TABLES = tables();

    private QueryTables() {}

    /** The tables and columns in words, for whoever is to write a query. */
    public static String describe() {
        return TABLES.entrySet().stream()
                .map(table -> table.getKey() + "\n" + describe(table.getValue()))
                .collect(Collectors.joining("\n\n"));
    }

    private static String describe(List<Column> columns) {
        return columns.stream()
                .map(it -> "  " + it.name + " " + it.type + (it.meaning.isEmpty() ? "" : ": " + it.meaning))
                .collect(Collectors.joining("\n"));
    }

    /** The names of the tables. */
    static List<String> names() {
        return List.copyOf(TABLES.keySet());
    }

    static boolean has(String table) {
        return TABLES.containsKey(table);
    }

    /** The names of a table's columns. */
    static List<String> columns(String table) {
        List<Column> columns = TABLES.get(table);
        if (columns == null) {
            throw new IllegalArgumentException("there is no table " + table);
        }
        return columns.stream().map(Column::name).toList();
    }

    /** Elements of a WITH clause that stand before the tables, which makes all other columns, and system columns, unknown. */
    static String asCommonTables(String schema) {
        String quoted = '"' + schema.replace("\"", "\"\"") + '"';
        return names().stream()
                .map(table -> table + " AS NOT MATERIALIZED (SELECT " + String.join(", ", columns(table)) + " FROM "
                        + quoted + "." + table + ")")
                .collect(Collectors.joining(", "));
    }

    private static Map<String, List<Column>> tables() {
        Map<String, List<Column>> tables = new LinkedHashMap<>();
        tables.put("proxy_records", proxyRecords());
        tables.put("quality_signals", qualitySignals());
        return tables;
    }

    private static List<Column> proxyRecords() {
        return List.of(
                column("request_id", "text", "one row per request"),
                column("at", "timestamptz", "when it began"),
                column("tenant", "text", ""),
                column("dialect", "text", "openai or anthropic; null for calls of the gateway's own"),
                column("source", "text", "who asked, as they say; may be null"),
                column("project", "text", "what for, as they say; may be null"),
                column("requested_model", "text", "as the request named it"),
                column("profile", "text", "routing profile"),
                column("classification", "text", "public, internal, cui, itar or classified"),
                column("stream", "boolean", ""),
                column("provider", "text", "who answered, or failed last; null when nobody was asked"),
                column("model", "text", "which model answered, or failed last"),
                column("status", "integer", "of HTTP; 200 is a success, 499 a client that left"),
                column("error_type", "text", "null for a success"),
                column(
                        "impact",
                        "text",
                        "customer: the request failed; mitigated: a try failed, the request did not; none"),
                column("attempts", "integer", "tries at providers"),
                column("failovers", "integer", ""),
                column("attempt_error", "text", "why the last failed try failed"),
                column("failed_provider", "text", "who failed in the last failed try; null when no try failed"),
                column("failed_model", "text", "its model"),
                column("hedged", "boolean", ""),
                column("cache", "text", "hit, semantic-hit, miss or off"),
                column("replayed", "boolean", "answered again for the same idempotency key"),
                column("ttft_ms", "double precision", "time to the first token, in milliseconds; may be null"),
                column("latency_ms", "double precision", "of the whole request, in milliseconds"),
                column("gateway_ms", "double precision", "of it, spent in the gateway itself"),
                column("input_tokens", "bigint", "of the prompt, without cached ones"),
                column("cached_tokens", "bigint", "of the prompt, read from the provider's cache"),
                column("cache_write_5m_tokens", "bigint", ""),
                column("cache_write_1h_tokens", "bigint", ""),
                column("output_tokens", "bigint", ""),
                column("reasoning_tokens", "bigint", "part of output_tokens"),
                column("cost_usd", "double precision", "US dollars; null when no price is known"),
                column("usage_estimated", "boolean", "tokens and cost are estimates"),
                column("findings", "jsonb", "what compliance found; [] for nothing"));
    }

    private static List<Column> qualitySignals() {
        return List.of(
                column("id", "bigint", ""),
                column("at", "timestamptz", "when it was reported"),
                column("model_card_id", "text", "the model, as provider/model"),
                column("task_type", "text", ""),
                column("signal_type", "text", ""),
                column("value", "double precision", ""));
    }

    private static Column column(String name, String type, String meaning) {
        return new Column(name, type, meaning);
    }
}
