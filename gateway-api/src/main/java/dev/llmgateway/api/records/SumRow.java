package dev.llmgateway.api.records;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sum. Its values must not be changed.
 *
 * @param period which of the wanted periods, from 0; 0 when the whole time is one
 * @param values of the wanted dimensions, in their order; null for calls that have none
 * @param first when the first of its calls began
 * @param last when the last of its calls began; not before the first
 */
public record SumRow(int period, List<@Nullable String> values, Figures figures, Instant first, Instant last) {}
