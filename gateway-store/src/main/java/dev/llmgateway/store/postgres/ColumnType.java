package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.FindingCount;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a value of a row is written and read: what was written is read as an equal value. */
enum ColumnType {
    /** {@link String}. */
    TEXT(Types.VARCHAR),
    /** {@link Long}. */
    WHOLE(Types.BIGINT),
    /** {@link Double}. */
    REAL(Types.DOUBLE),
    /** {@link Boolean}. */
    FLAG(Types.BOOLEAN),
    /** {@link Instant}. */
    MOMENT(Types.TIMESTAMP_WITH_TIMEZONE),
    /** An array of bytes. */
    BYTES(Types.BINARY),
    /** A list of {@link FindingCount}. */
    FINDINGS(Types.OTHER);

    private final int sqlType;

    ColumnType(int sqlType) {
        this.sqlType = sqlType;
    }

    /** Puts a value into a statement. */
    void bind(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(place, sqlType);
            case Instant moment -> statement.setObject(place, moment.atOffset(ZoneOffset.UTC));
            case byte[] bytes -> statement.setBytes(place, bytes);
            case List<?> findings -> statement.setObject(place, FindingsJson.write(findings), Types.OTHER);
            default -> statement.setObject(place, value, sqlType);
        }
    }

    /** Takes a value out of a row. */
    @Nullable
    Object read(ResultSet row, String column) throws SQLException {
        return switch (this) {
            case TEXT -> row.getString(column);
            case WHOLE -> orNull(row, row.getLong(column));
            case REAL -> orNull(row, row.getDouble(column));
            case FLAG -> orNull(row, row.getBoolean(column));
            case MOMENT -> {
                OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
                yield moment == null ? null : moment.toInstant();
            }
            case BYTES -> row.getBytes(column);
            case FINDINGS -> FindingsJson.read(row.getString(column));
        };
    }

    private static @Nullable Object orNull(ResultSet row, Object value) throws SQLException {
        return row.wasNull() ? null : value;
    }
}
