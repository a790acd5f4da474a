package dev.llmgateway.server.faults;

import dev.llmgateway.ir.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the gateway recorded of the call of one client.
 *
 * @param client its number, which it sends as its source
 */
record Recorded(int client, double dollars, boolean isEstimated, long input, long output) {

    /** Records as the gateway shows them, one a line. */
    static List<Recorded> shown(Stream<String> lines) {
        return lines.map(line -> Json.parse(line.getBytes(StandardCharsets.UTF_8)))
                .map(Recorded::of)
                .toList();
    }

    private static Recorded of(JsonNode row) {
        return new Recorded(
                Integer.parseInt(row.get("source").stringValue()),
                row.get("cost_usd").doubleValue(),
                row.get("usage_estimated").booleanValue(),
                row.get("input_tokens").longValue(),
                row.get("output_tokens").longValue());
    }

    /** Records as they are in the table, summed by the database. */
    static List<Recorded> stored(String url) throws SQLException {
        URI address = URI.create(url);
        String jdbc = "jdbc:postgresql://" + address.getHost() + ":" + address.getPort() + address.getPath();
        List<Recorded> all = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(jdbc, address.getUserInfo(), "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select source, sum(cost_usd), bool_or(usage_estimated), sum(input_tokens), sum(output_tokens)
                        from proxy_records group by source""")) {
            while (rows.next()) {
                all.add(new Recorded(
                        Integer.parseInt(rows.getString(1)),
                        rows.getDouble(2),
                        rows.getBoolean(3),
                        rows.getLong(4),
                        rows.getLong(5)));
            }
        }
        return all;
    }
}
