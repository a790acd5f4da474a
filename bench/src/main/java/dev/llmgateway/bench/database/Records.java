package dev.llmgateway.bench.database;

import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.PostgresRecordStore;
import java.sql.SQLException;
import java.util.List;

/**
 * Fills a database with records such as a company's: over 90 days, more at noon than at night, 20 tenants with 10 projects each, 50
 * sources, 40 models of 8 providers, a few of each used much and many little. A project has a handful of sources and models. 4 %
 * fail or are left, 2 % are mended. There are no traces and no bodies: nothing that is measured reads them.
 */
final class Records {

    static final int DAYS = 90;

    /** What the times of all records count from. */
    static final String START = "2026-08-24T00:00:00Z";

    private static final int CHUNK = 100_000;

    /** Small numbers are drawn much more often than large ones. */
    private static final String INSERT = """
            insert into proxy_records
            with drawn as materialized (
                select i, power(random(), 2.5) as p, random() as s, power(random(), 2) as m, random() as e, random() as l,
                    timestamptz '%1$s' + (i * (%2$d * 86400.0 / %3$d)
                        + 10000 * sin(i * (%2$d * 6.283185 / %3$d))) * interval '1 second' as at
                from generate_series(%4$d, %5$d) as i),
            project as (
                select *, floor(p * 200)::integer as project from drawn),
            source as (
                select *, (project * 7 + floor(s * 5)::integer) %% 50 as source,
                    (project * 11 + floor(m * 6)::integer) %% 40 as model from project)
            select 'req_' || lpad(to_hex(i * 2654435761), 32, '0'), at, 'tenant-' || project %% 20, 'openai',
                'source-' || source, 'project-' || project, 'auto', 'balanced', 'internal', true,
                'provider-' || model %% 8, 'vendor/model-' || model,
                case when e < 0.01 then 502 when e < 0.02 then 429 when e < 0.03 then 499 when e < 0.04 then 400 else 200 end,
                case when e < 0.01 then 'provider_server' when e < 0.02 then 'rate_limited' when e < 0.03 then 'cancelled'
                    when e < 0.04 then 'invalid_request' end,
                case when e < 0.02 or e >= 0.03 and e < 0.04 then 'customer' when e >= 0.04 and e < 0.06 then 'mitigated'
                    else 'none' end,
                1, 0,
                case when e < 0.01 or e >= 0.04 and e < 0.06 then 'provider_server' end,
                case when e < 0.01 or e >= 0.04 and e < 0.06 then 'provider-' || (model + 1) %% 8 end,
                case when e < 0.01 or e >= 0.04 and e < 0.06 then 'vendor/model-' || (model + 1) %% 40 end,
                false, 'off', false, 200 * exp(l), 800 * exp(3 * l), 0.8,
                floor(3000 * l), floor(500 * s), 0, 0, floor(800 * s), 0, 0.02 * l, false, '[]',
                at, i, sha256(i::text::bytea), sha256(i::text::bytea), sha256(i::text::bytea)
            from source""";

    private Records() {}

    static void fill(Database database, PostgresRecordStore store, int count) {
        List<String> indexes = dropIndexes(database);
        for (int from = 1; from <= count; from += CHUNK) {
            String insert = INSERT.formatted(START, DAYS, count, from, Math.min(count, from + CHUNK - 1));
            database.write(handle -> {
                handle.execute("set local statement_timeout = 0");
                handle.execute("set local synchronous_commit = off");
                handle.getConnection().setNetworkTimeout(Runnable::run, 0);
                return handle.execute(insert);
            });
        }
        database.write(handle -> handle.execute("update chain_head set seq = ?", count));
        store.catchUp();
        indexes.forEach(index -> longer(database, index));
    }

    /** Makes room for many rows at once; returns the statements that make the indexes again. */
    private static List<String> dropIndexes(Database database) {
        return database.write(handle -> {
            String which = " from pg_indexes where tablename in ('proxy_records', 'record_sums')"
                    + " and indexname not in (select conname from pg_constraint)";
            List<String> made = handle.createQuery("select indexdef" + which)
                    .mapTo(String.class)
                    .list();
            handle.createQuery("select 'drop index ' || indexname" + which)
                    .mapTo(String.class)
                    .list()
                    .forEach(handle::execute);
            return made;
        });
    }

    private static int longer(Database database, String sql) {
        return database.write(handle -> {
            handle.execute("set local statement_timeout = 0; set local maintenance_work_mem = '256MB'");
            handle.getConnection().setNetworkTimeout(Runnable::run, 0);
            return handle.execute(sql);
        });
    }

    /** What a database does by itself after some time. */
    static void settle(Database database) throws SQLException {
        database.jdbi().useHandle(handle -> {
            handle.getConnection().setNetworkTimeout(Runnable::run, 0);
            handle.execute("set statement_timeout = 0");
            handle.execute("vacuum (analyze) proxy_records");
            handle.execute("vacuum (analyze) record_sums");
        });
    }
}
