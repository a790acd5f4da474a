package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.ShadowQuery;
import dev.llmgateway.api.records.ShadowResult;
import dev.llmgateway.api.records.ShadowResult.Side;
import dev.llmgateway.api.records.ShadowSummary;
import dev.llmgateway.api.records.ShadowSummary.Figures;
import dev.llmgateway.api.records.ShadowSummary.Pair;
import dev.llmgateway.api.spi.ShadowStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Keeps what came of copied calls in the table {@code shadow_results}. */
public final class PostgresShadowStore implements ShadowStore {

    private static final double NANOS_PER_MILLI = 1e6;

    private static final List<String> SIDE_COLUMNS =
            List.of("provider", "model", "latency_ms", "ttft_ms", "input_tokens", "output_tokens", "cost_usd");

    private static final String PRIMARY = "primary_";
    private static final String CANDIDATE = "candidate_";

    private static final List<String> COLUMNS = Stream.of(
                    Stream.of("request_id", "at"),
                    SIDE_COLUMNS.stream().map(PRIMARY::concat),
                    SIDE_COLUMNS.stream().map(CANDIDATE::concat),
                    Stream.of("error_type", "agreement"))
            .flatMap(names -> names)
            .toList();

    private static final String INSERT = "insert into shadow_results (" + String.join(", ", COLUMNS) + ") values ("
            + COLUMNS.stream().map(":"::concat).collect(Collectors.joining(", ")) + ") on conflict do nothing";

    /** A null stands for any value; the casts tell its type. */
    private static final String MEANT = """
            from shadow_results
            where (cast(:from as timestamptz) is null or at >= :from)
              and (cast(:to as timestamptz) is null or at < :to)
              and (cast(:model as text) is null or primary_model = :model or candidate_model = :model)
            """;

    private static final String LIST = "select * " + MEANT + """
              and (cast(:after_at as timestamptz) is null
                   or (at, request_id collate "C") < (cast(:after_at as timestamptz), cast(:after_id as text)))
            order by at desc, request_id collate "C" desc
            limit :limit""";

    private static final String SUMMARIES =
            "select primary_provider, primary_model, candidate_provider, candidate_model,"
                    + " count(*) as samples, count(error_type) as failures, "
                    + figures(PRIMARY) + ", " + figures(CANDIDATE) + ", "
                    + "avg(agreement) as agreement, "
                    + IntStream.range(0, ShadowSummary.PARTS)
                            .mapToObj(PostgresShadowStore::part)
                            .collect(Collectors.joining(", "))
                    + " " + MEANT + """
            group by primary_provider, primary_model, candidate_provider, candidate_model
            order by samples desc, primary_provider collate "C", primary_model collate "C",
                     candidate_provider collate "C", candidate_model collate "C\"""";

    private final Database database;

    /**
     * A store in a database.
     *
     * @param database stays the caller's to close
     */
    public PostgresShadowStore(Database database) {
        this.database = database;
    }

    private static String figures(String side) {
        return """
                avg(%1$scost_usd) filter (where error_type is null) as %1$smean_cost,
                percentile_cont(0.5) within group (order by %1$scost_usd) filter (where error_type is null)
                    as %1$smedian_cost,
                percentile_cont(0.5) within group (order by %1$slatency_ms) filter (where error_type is null) as %1$sp50,
                percentile_cont(0.95) within group (order by %1$slatency_ms) filter (where error_type is null) as %1$sp95""".formatted(side);
    }

    private static String part(int index) {
        return "count(*) filter (where agreement is not null and least(floor(agreement * %d), %d) = %d) as part_%d"
                .formatted(ShadowSummary.PARTS, ShadowSummary.PARTS - 1, index, index);
    }

    @Override
    public void append(List<ShadowResult> results) {
        if (!results.isEmpty()) {
            database.write(handle -> insert(handle, results));
        }
    }

    private static int insert(Handle handle, List<ShadowResult> results) {
        try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
            for (ShadowResult result : results) {
                batch.bind("request_id", result.requestId())
                        .bind("at", result.at().atOffset(ZoneOffset.UTC))
                        .bind("error_type", result.errorType())
                        .bind("agreement", result.agreement());
                bind(batch, PRIMARY, result.primary());
                bind(batch, CANDIDATE, result.candidate());
                batch.add();
            }
            return batch.execute().length;
        }
    }

    private static void bind(PreparedBatch batch, String prefix, Side side) {
        Duration ttft = side.ttft();
        batch.bind(prefix + "provider", side.provider())
                .bind(prefix + "model", side.model())
                .bind(prefix + "latency_ms", side.latency().toNanos() / NANOS_PER_MILLI)
                .bind(prefix + "ttft_ms", ttft == null ? null : Double.valueOf(ttft.toNanos() / NANOS_PER_MILLI))
                .bind(prefix + "input_tokens", side.inputTokens())
                .bind(prefix + "output_tokens", side.outputTokens())
                .bind(prefix + "cost_usd", side.costUsd());
    }

    @Override
    public List<ShadowResult> list(ShadowQuery query, @Nullable RecordCursor after, int limit) {
        return database.read(handle -> bind(handle.createQuery(LIST), query)
                .bind("after_at", after == null ? null : after.at().atOffset(ZoneOffset.UTC))
                .bind("after_id", after == null ? null : after.requestId())
                .bind("limit", limit)
                .map((row, context) -> result(row))
                .list());
    }

    @Override
    public List<ShadowSummary> summaries(ShadowQuery query) {
        return database.read(handle -> bind(handle.createQuery(SUMMARIES), query)
                .map((row, context) -> summary(row))
                .list());
    }

    private static Query bind(Query statement, ShadowQuery query) {
        return statement
                .bind("from", utc(query.from()))
                .bind("to", utc(query.to()))
                .bind("model", query.model());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static ShadowResult result(ResultSet row) throws SQLException {
        return new ShadowResult(
                row.getString("request_id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                side(row, PRIMARY),
                side(row, CANDIDATE),
                row.getString("error_type"),
                number(row, "agreement"));
    }

    private static Side side(ResultSet row, String prefix) throws SQLException {
        Double ttft = number(row, prefix + "ttft_ms");
        return new Side(
                row.getString(prefix + "provider"),
                row.getString(prefix + "model"),
                millis(row.getDouble(prefix + "latency_ms")),
                ttft == null ? null : millis(ttft),
                row.getLong(prefix + "input_tokens"),
                row.getLong(prefix + "output_tokens"),
                number(row, prefix + "cost_usd"));
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI));
    }

    private static ShadowSummary summary(ResultSet row) throws SQLException {
        Pair pair = new Pair(
                row.getString("primary_provider"),
                row.getString("primary_model"),
                row.getString("candidate_provider"),
                row.getString("candidate_model"));
        Long[] parts = new Long[ShadowSummary.PARTS];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = row.getLong("part_" + i);
        }
        return new ShadowSummary(
                pair,
                row.getLong("samples"),
                row.getLong("failures"),
                figures(row, PRIMARY),
                figures(row, CANDIDATE),
                number(row, "agreement"),
                List.of(parts));
    }

    private static Figures figures(ResultSet row, String side) throws SQLException {
        return new Figures(
                number(row, side + "mean_cost"),
                number(row, side + "median_cost"),
                number(row, side + "p50"),
                number(row, side + "p95"));
    }

    private static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : Double.valueOf(value);
    }

    @Override
    public long clear() {
        return database.write(handle -> (long) handle.execute("delete from shadow_results"));
    }

    /**
     * Removes what came of calls that began before some moment, at most a million.
     *
     * @return how many were removed
     * @throws DatabaseException when the database cannot be reached, or does not do it; some may have been removed then
     */
    public long prune(Instant before) {
        return OldRows.remove(database, "shadow_results", before);
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public void close() {}
}
