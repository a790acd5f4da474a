package dev.llmgateway.store.sql;

import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseSettings;
import dev.llmgateway.store.postgres.TestDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** A real database with some records, and what executes queries there. */
final class SqlBed implements AutoCloseable {

    private static final List<String> TABLES =
            List.of("proxy_records", "quality_signals", "routing_traces", "proxy_bodies");

    final DatabaseSettings settings = DatabaseSettings.of(TestDatabase.newUrl(), 2);
    final QueryRunner runner = QueryRunner.of(settings);
    private final Database database = Database.open(settings);
    final Jdbi jdbi = database.jdbi();

    SqlBed() {
        execute("""
                insert into proxy_records (request_id, at, tenant, source, project, requested_model, profile, classification,
                    stream, provider, model, status, error_type, impact, attempts, failovers, hedged, cache, replayed, ttft_ms,
                    latency_ms, gateway_ms, input_tokens, cached_tokens, cache_write_5m_tokens, cache_write_1h_tokens,
                    output_tokens, reasoning_tokens, cost_usd, usage_estimated, findings,
                    recorded_at, seq, details_hash, previous_hash, chain_hash)
                select 'req_' || i, now() - i * interval '37 minutes', 'default', 'app' || i % 3, 'project ' || i % 4, 'auto',
                    'balanced', 'internal', i % 2 = 0, case i % 3 when 0 then 'openai' when 1 then 'anthropic' else 'local' end,
                    'model-' || i % 7, case when i % 10 = 0 then 502 else 200 end, case when i % 10 = 0 then 'timeout' end,
                    case when i % 10 = 0 then 'customer' else 'none' end, 1, 0, false, 'miss', false, i % 90, i % 900, 1.5,
                    i, 0, 0, 0, i * 2, 0, i * 0.001, false, '[{"kind":"email","count":1}]',
                    now(), i, '', '', ''
                from generate_series(1, 1500) i""");
        execute("insert into routing_traces select request_id, '{\"secret\":\"trace\"}' from proxy_records");
        execute("insert into proxy_bodies select request_id, 'secret body', 'secret answer' from proxy_records");
        execute("""
                insert into quality_signals (at, model_card_id, task_type, signal_type, value)
                select now() - i * interval '1 hour', 'model-' || i % 7, 'code', 'thumbs', i % 2
                from generate_series(1, 200) i""");
    }

    void execute(String sql) {
        jdbi.useHandle(handle -> handle.execute(sql));
    }

    /** How many rows PostgreSQL finds for a text as it is. */
    int rowsOf(String sql) throws SQLException {
        return jdbi.withHandle(handle -> {
            try (Statement statement = handle.getConnection().createStatement();
                    ResultSet found = statement.executeQuery(sql)) {
                int rows = 0;
                while (found.next()) {
                    rows++;
                }
                return rows;
            }
        });
    }

    /** Changes with anything in any of the tables. */
    String checksum() {
        return jdbi.withHandle(handle -> {
            StringBuilder sums = new StringBuilder();
            for (String table : TABLES) {
                sums.append(handle.createQuery("select count(*) || md5(string_agg(t::text, ',' order by t::text)) from "
                                + table + " t")
                        .mapTo(String.class)
                        .one());
            }
            return sums.append(handle.createQuery("select count(*) from pg_class")
                            .mapTo(String.class)
                            .one())
                    .toString();
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
