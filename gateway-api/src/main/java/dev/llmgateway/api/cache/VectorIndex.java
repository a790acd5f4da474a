package dev.llmgateway.api.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.replay.RecordedAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the nearest of the vectors that belong together. Those of one partition are looked through one by one, and no other
 * ever. Thread safe; looking takes no lock.
 *
 * @param <P> what a partition is known by
 */
final class VectorIndex<P> {

    /** Of one partition no more are looked through: a thousand of 1,536 dimensions take about a millisecond. */
    static final int MOST_PER_PARTITION = 1_000;

    /** A vector is taken for the same as one that is less than this away, which is what rounding makes of equal ones. */
    private static final double ROUNDING = 1e-6;

    private static final int POINT_BYTES = 160;

    /**
     * A text's vector.
     *
     * @param entry the answer's id; unique in the index
     * @param unit of length one
     * @param traps what must be equal beside the nearness
     */
    record Point(String entry, float[] unit, String traps, RecordedAnswer answer) {
        private long bytes() {
            long vector = (long) Float.BYTES * unit.length;
            long texts = (long) Character.BYTES * (entry.length() + traps.length());
            return POINT_BYTES + vector + texts + answer.bytes();
        }
    }

    /** What is near enough. */
    record Near(Point point, double similarity) {}

    private record Placed<P>(P partition, Point point) {}

    private final Map<P, List<Point>> partitions = new ConcurrentHashMap<>();
    private final Cache<String, Placed<P>> points;

    /** An empty index that keeps what the settings allow. */
    VectorIndex(CacheSettings settings, Ticker ticker) {
        long share = Math.clamp(settings.maxBytes() / settings.maxEntries(), 1, Integer.MAX_VALUE);
        points = Caffeine.newBuilder()
                .maximumWeight(Math.min(settings.maxBytes(), share * settings.maxEntries()))
                .weigher((String entry, Placed<P> placed) ->
                        (int) Math.clamp(placed.point().bytes(), share, Integer.MAX_VALUE))
                .expireAfterWrite(settings.ttl())
                .ticker(ticker::read)
                .executor(Runnable::run)
                .removalListener(this::removed)
                .build();
    }

    private void removed(@Nullable String entry, @Nullable Placed<P> placed, RemovalCause cause) {
        if (placed != null) {
            takeOut(placed.partition, placed.point);
        }
    }

    private void takeOut(P partition, Point point) {
        partitions.computeIfPresent(partition, (p, there) -> {
            List<Point> rest = there.stream().filter(other -> other != point).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    /** Whether there is anything to compare with. */
    boolean hasAny(P partition) {
        return partitions.containsKey(partition);
    }

    /** Adds a vector; the oldest of a full partition makes room. The entry is known to none of the others. */
    void add(P partition, Point point) {
        List<Point> tooMany = new ArrayList<>(1);
        partitions.compute(partition, (p, there) -> {
            List<Point> all = there == null ? new ArrayList<>(1) : new ArrayList<>(there);
            all.add(point);
            if (all.size() > MOST_PER_PARTITION) {
                tooMany.add(all.removeFirst());
            }
            return all;
        });
        points.put(point.entry, new Placed<>(partition, point));
        tooMany.forEach(old -> remove(old.entry));
    }

    /** The nearest vector of the partition with the same traps that is at least so similar. */
    Optional<Near> nearest(P partition, float[] unit, String traps, double threshold) {
        Near best = null;
        for (Point point : partitions.getOrDefault(partition, List.of())) {
            double similarity = Vectors.cosine(unit, point.unit);
            boolean isBetter = similarity + ROUNDING >= threshold && (best == null || similarity > best.similarity);
            if (isBetter && point.traps.equals(traps) && isAlive(point)) {
                best = new Near(point, similarity);
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean isAlive(Point point) {
        return points.getIfPresent(point.entry) != null;
    }

    /** Forgets a vector; false when there is none of that entry. */
    boolean remove(String entry) {
        return points.asMap().remove(entry) != null;
    }

    /** Forgets all; returns how many there were. */
    long clear() {
        long before = size();
        points.invalidateAll();
        return before;
    }

    /** How many vectors there are. */
    long size() {
        points.cleanUp();
        return points.estimatedSize();
    }

    /** The memory that they take with their answers, about. */
    long bytes() {
        return points.asMap().values().stream()
                .mapToLong(placed -> placed.point.bytes())
                .sum();
    }

    int partitionCount() {
        return partitions.size();
    }
}
