package dev.llmgateway.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sends requests over keep-alive connections from one thread and checks every answer. Closed loop: a connection sends
 * its next request when the last is answered, so a slow contender gets less load, never a queue. Connections are opened
 * before the clock starts.
 */
final class LoadGenerator {
    private static final long STALLED_NANOS = 15_000_000_000L;
    private static final long MOST_FAILURES = 100;

    private final LoadPlan plan;
    private final byte[] request;
    private final ByteBuffer input = ByteBuffer.allocate(256 << 10);
    private final List<LoadConnection> connections = new ArrayList<>();
    private long[] latencies = new long[4096];
    private int answered;
    private long begun;
    private int inFlight;
    private long failed;
    private String firstFailure = "";
    private long endNanos;
    private long lastProgress;

    private LoadGenerator(LoadPlan plan) {
        this.plan = plan;
        this.request = plan.workload().request(plan.provider());
    }

    /**
     * Runs a plan to its end. Ends early after 100 failures, or when nothing has moved for 15 s; what is then
     * unanswered counts as failed.
     *
     * @throws IOException when a connection cannot be opened before the start
     */
    static LoadResult run(LoadPlan plan) throws IOException {
        return new LoadGenerator(plan).run();
    }

    private LoadResult run() throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < plan.connections(); i++) {
                connections.add(open(selector));
            }
            long start = System.nanoTime();
            endNanos = start + plan.time().toNanos();
            lastProgress = start;
            for (LoadConnection connection : connections) {
                sendNext(connection);
            }
            while (inFlight > 0 && failed < MOST_FAILURES && !stalled()) {
                selector.select(1_000);
                for (SelectionKey key : selector.selectedKeys()) {
                    handle(key);
                }
                selector.selectedKeys().clear();
            }
            if (inFlight > 0) {
                fail(inFlight, "no answer within 15 s");
            }
            return new LoadResult(
                    answered, failed, firstFailure, System.nanoTime() - start, Arrays.copyOf(latencies, answered));
        } finally {
            for (LoadConnection connection : connections) {
                connection.close();
            }
        }
    }

    private boolean stalled() {
        return System.nanoTime() - lastProgress > STALLED_NANOS;
    }

    private LoadConnection open(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", plan.port()));
        return new LoadConnection(channel, selector, request, plan.workload().newCheck());
    }

    private void handle(SelectionKey key) throws IOException {
        LoadConnection connection = (LoadConnection) key.attachment();
        try {
            if (connection.advance(input)) {
                complete(connection);
            }
            lastProgress = System.nanoTime();
        } catch (IOException broken) {
            connection.close();
            inFlight--;
            fail(1, String.valueOf(broken.getMessage()));
            reopen(connection, key.selector());
        }
    }

    private void complete(LoadConnection connection) throws IOException {
        String fault = connection.fault();
        inFlight--;
        if (fault == null) {
            record(System.nanoTime() - connection.sentNanos());
        } else {
            fail(1, fault);
        }
        sendNext(connection);
    }

    private void sendNext(LoadConnection connection) throws IOException {
        if (begun < plan.requests() && System.nanoTime() < endNanos) {
            begun++;
            inFlight++;
            connection.send();
        }
    }

    private void reopen(LoadConnection broken, Selector selector) throws IOException {
        if (failed < MOST_FAILURES) {
            LoadConnection fresh = open(selector);
            connections.set(connections.indexOf(broken), fresh);
            sendNext(fresh);
        }
    }

    private void record(long nanos) {
        if (answered == latencies.length) {
            latencies = Arrays.copyOf(latencies, answered * 2);
        }
        latencies[answered++] = nanos;
    }

    private void fail(long count, String reason) {
        failed += count;
        if (firstFailure.isEmpty()) {
            firstFailure = reason;
        }
    }
}
