package dev.llmgateway.store.postgres;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.llmgateway.api.quality.ScoreVersion;
import dev.llmgateway.api.quality.ScoreVersion.Cause;
import dev.llmgateway.api.spi.ScoreStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Keeps the versions of models' scores in the table {@code model_scores}. */
public final class PostgresScoreStore implements ScoreStore {

    private static final String INSERT = """
            insert into model_scores (model_card_id, version, at, cause, restores, scores)
            values (:card, :version, :at, :cause, :restores, cast(:scores as jsonb))""";

    private final Database database;

    /**
     * A store in a database.
     *
     * @param database stays the caller's to close
     */
    public PostgresScoreStore(Database database) {
        this.database = database;
    }

    @Override
    public void save(String cardId, List<ScoreVersion> versions) {
        database.write(handle -> {
            handle.execute("delete from model_scores where model_card_id = ?", cardId);
            return insert(handle, cardId, versions);
        });
    }

    private static int insert(Handle handle, String cardId, List<ScoreVersion> versions) {
        try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
            for (ScoreVersion version : versions) {
                batch.bind("card", cardId)
                        .bind("version", version.number())
                        .bind("at", version.at().atOffset(ZoneOffset.UTC))
                        .bind("cause", version.cause().name().toLowerCase(Locale.ROOT))
                        .bind("restores", version.restores())
                        .bind("scores", ScoresJson.write(version.scores()))
                        .add();
            }
            return batch.execute().length;
        }
    }

    @Override
    public Map<String, List<ScoreVersion>> load() {
        return database.read(handle -> handle
                .createQuery("select * from model_scores order by model_card_id, version")
                .map((row, context) -> Map.entry(row.getString("model_card_id"), version(row)))
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList()))));
    }

    private static ScoreVersion version(ResultSet row) throws SQLException {
        int restores = row.getInt("restores");
        return new ScoreVersion(
                row.getInt("version"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
                restores == 0 ? null : restores,
                ScoresJson.read(row.getString("scores")));
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public void close() {}
}
