package dev.llmgateway.routing.signals;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.ScoreVersion;
import dev.llmgateway.api.quality.SignalHour;
import dev.llmgateway.api.quality.SignalQuery;
import dev.llmgateway.api.quality.SignalSum;
import dev.llmgateway.api.spi.ScoreStore;
import dev.llmgateway.api.spi.SignalStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Stores that go away and come back when they are told to, and outlive those who use them. */
final class FickleStores implements SignalStore, ScoreStore {

    private final List<QualitySignal> signals = new ArrayList<>();
    private final Map<String, List<ScoreVersion>> scores = new HashMap<>();
    private final List<SignalHour> ofOthers = new ArrayList<>();
    private int looks;
    private boolean isAway;
    private int refusals;
    private int daysRead;

    synchronized void goAway() {
        isAway = true;
        refusals = 0;
    }

    synchronized void comeBack() {
        isAway = false;
    }

    /** Waits until somebody has asked so often in vain. */
    synchronized void awaitRefusals(int count) {
        awaitUntil(() -> refusals >= count);
    }

    /** Nobody has read anything. */
    synchronized FickleStores unread() {
        daysRead = 0;
        return this;
    }

    /** Waits until somebody has read everything. */
    synchronized void awaitLoaded() {
        awaitUntil(() -> daysRead >= DayWindow.DAYS);
    }

    /** Another process writes this, and somebody has looked twice since: what was there at the first look counts at the second. */
    synchronized void anotherReports(SignalHour reports) {
        ofOthers.add(reports);
        int before = looks;
        awaitUntil(() -> looks >= before + 2);
    }

    private synchronized void awaitUntil(BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    synchronized List<QualitySignal> signals() {
        return List.copyOf(signals);
    }

    private void check() {
        if (isAway) {
            refusals++;
            notifyAll();
            throw new IllegalStateException("the store is away");
        }
    }

    @Override
    public synchronized void append(List<QualitySignal> more) {
        check();
        signals.addAll(more);
    }

    @Override
    public List<SignalSum> sums(SignalQuery query, List<Instant> edges) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized long position() {
        check();
        looks++;
        notifyAll();
        return ofOthers.size();
    }

    @Override
    public synchronized List<SignalHour> ofOthers(long from, long before) {
        check();
        return List.copyOf(ofOthers.subList((int) from, (int) before));
    }

    @Override
    public synchronized List<SignalHour> hours(Instant from, Instant to, long before) {
        check();
        daysRead++;
        notifyAll();
        return signals.stream()
                .filter(signal -> !signal.at().isBefore(from) && signal.at().isBefore(to))
                .map(signal -> new SignalHour(
                        signal.card(), signal.taskType(), signal.at().truncatedTo(ChronoUnit.HOURS), 1, signal.value()))
                .toList();
    }

    @Override
    public synchronized long clear() {
        check();
        long size = signals.size();
        signals.clear();
        return size;
    }

    @Override
    public synchronized void save(String cardId, List<ScoreVersion> versions) {
        check();
        scores.put(cardId, versions);
    }

    @Override
    public synchronized Map<String, List<ScoreVersion>> load() {
        check();
        return Map.copyOf(scores);
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public void close() {}
}
