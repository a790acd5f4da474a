package dev.llmgateway.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The running upstream and contenders, and what was measured on them. */
final class Lab implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration WARM_SLICE = Duration.ofSeconds(3);
    private static final int WARM_CONNECTIONS = 32;

    private final Options options;
    private final Launcher launcher;
    private final PrintStream progress;
    private final int upstreamPort;
    private final ChildProcess upstream;
    private final Map<Kind, Contender> contenders = new EnumMap<>(Kind.class);
    private final List<Row> rows = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();
    private final Set<String> complained = new HashSet<>();
    private long failures;

    Lab(Options options, Launcher launcher, PrintStream progress) throws IOException {
        this.options = options;
        this.launcher = launcher;
        this.progress = progress;
        this.upstreamPort = Launcher.freePort();
        this.upstream = launcher.upstream(upstreamPort);
        awaitFirstAnswer(direct(), "upstream", upstream);
        for (Kind kind : options.contenders()) {
            admit(kind);
        }
    }

    private Contender direct() {
        return new Contender(Kind.DIRECT, upstreamPort, null);
    }

    /** Starts a contender for the whole run; one that cannot be started is left out, and the report says so. */
    private void admit(Kind kind) {
        try {
            if (!launcher.isAvailable(kind)) {
                throw new IOException("it is not installed");
            }
            contenders.put(kind, kind == Kind.DIRECT ? direct() : launch(kind, true));
        } catch (IOException reason) {
            say("left out: " + kind.label() + ": " + reason.getMessage());
            absent.add(kind.label());
        }
    }

    Options options() {
        return options;
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Requests that got no answer or a wrong one, over everything that was run. */
    long failures() {
        return failures;
    }

    void say(String line) {
        progress.println(line);
    }

    void add(Row row) {
        rows.add(row);
        say("  " + String.join("  ", row.cells()));
    }

    /** Chosen contenders that could not be started. */
    List<String> absent() {
        return List.copyOf(absent);
    }

    /** The contenders that take part. */
    List<Kind> kinds() {
        return List.copyOf(contenders.keySet());
    }

    /** Every way through the contenders for a client of this dialect. */
    List<Lane> lanes(Dialect client) {
        List<Lane> lanes = new ArrayList<>();
        for (Contender contender : contenders.values()) {
            lanes.add(new Lane(contender, client, false));
            if (contender.kind() == Kind.GATEWAY) {
                for (Dialect provider : EnumSet.complementOf(EnumSet.of(client))) {
                    lanes.add(new Lane(contender, provider, true));
                }
            }
        }
        return lanes;
    }

    /** Starts another process of this kind and waits for its first right answer; the caller closes it. */
    Contender launch(Kind kind, boolean pinned) throws IOException {
        int port = Launcher.freePort();
        ChildProcess process = launcher.launch(kind, port, upstreamPort, pinned);
        Contender contender = new Contender(kind, port, process);
        try {
            awaitFirstAnswer(contender, kind.label(), process);
        } catch (IOException failed) {
            contender.close();
            throw failed;
        }
        return contender;
    }

    /** Runs load against a lane and keeps count of requests and failures. */
    LoadResult load(Lane lane, Workload workload, int connections, Duration time) {
        return counted(lane, LoadPlan.ofTime(lane.contender().port(), workload, lane.provider(), connections, time));
    }

    LoadResult load(Lane lane, Workload workload, int connections, long requests) {
        return counted(
                lane, LoadPlan.ofRequests(lane.contender().port(), workload, lane.provider(), connections, requests));
    }

    /**
     * Gives every contender that compiles while it runs the same time of mixed load, in slices of all workloads in
     * turn, so that what is measured later is compiled for all of them and not for the last one alone.
     */
    void warmUp(List<Workload> workloads) {
        for (Kind kind : kinds()) {
            if (!kind.jit() || workloads.isEmpty()) {
                continue;
            }
            say("warming up " + kind.label() + " for " + options.warmup().toSeconds() + " s");
            long end = System.nanoTime() + options.warmup().toNanos();
            for (int turn = 0; System.nanoTime() < end; turn++) {
                Workload workload = workloads.get(turn % workloads.size());
                for (Lane lane : lanes(workload.dialect())) {
                    if (lane.contender().kind() == kind && System.nanoTime() < end) {
                        load(lane, workload, WARM_CONNECTIONS, WARM_SLICE);
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        contenders.values().forEach(Contender::close);
        upstream.close();
    }

    private LoadResult counted(Lane lane, LoadPlan plan) {
        LoadResult result;
        try {
            result = LoadGenerator.run(plan);
        } catch (IOException refused) {
            result = LoadResult.refused(String.valueOf(refused.getMessage()));
        }
        lane.contender().count(result);
        failures += result.failed();
        if (result.failed() > 0 && complained.add(lane.label() + result.firstFailure())) {
            say("  " + lane.label() + ": " + result.failed() + " failed, the first: " + result.firstFailure());
        }
        return result;
    }

    private void awaitFirstAnswer(Contender contender, String name, ChildProcess process) throws IOException {
        Workload probe = new Workload(Dialect.OPENAI, 1024, new Answer.Whole(1024));
        LoadPlan once = LoadPlan.ofRequests(contender.port(), probe, Dialect.OPENAI, 1, 1);
        long end = System.nanoTime() + START_LIMIT.toNanos();
        String last = "no attempt";
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                LoadResult result = LoadGenerator.run(once);
                if (result.answered() == 1) {
                    return;
                }
                last = result.firstFailure();
            } catch (IOException notYet) {
                last = String.valueOf(notYet.getMessage());
            }
            pause();
        }
        throw new IOException(name + " gave no right answer within " + START_LIMIT.toSeconds() + " s or ended: " + last
                + "\n" + lastLines(launcher.log(name)));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(Duration.ofMillis(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a start", interrupted);
        }
    }

    private static String lastLines(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
