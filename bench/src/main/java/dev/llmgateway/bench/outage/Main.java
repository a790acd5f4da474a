package dev.llmgateway.bench.outage;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs the load with two outages of the database and one of the gateway, and prints what was recorded. Exit status: 0 when
 * every answered call is recorded once, but for what may be lost; 1 when not; 2 when it could not run.
 */
final class Main {

    private static final String USAGE = "usage: bench/run records-outage [REQUESTS [PER_SECOND]]  (100000 250)";
    private static final int REQUESTS = 100_000;
    private static final int PER_SECOND = 250;

    /** The outages take place in the middle of the load, which must be long enough for them. */
    private static final int LEAST_SECONDS = 100;

    private final PrintStream out;
    private final PrintStream progress;

    private Main(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream progress = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        // PostgreSQL's own log would hide what is measured.
        Logger.getLogger("").setLevel(Level.WARNING);
        int status;
        try {
            status = new Main(out, progress).run(List.of(args)) ? 0 : 1;
        } catch (IllegalArgumentException badOption) {
            progress.println(badOption.getMessage() + "\n" + USAGE);
            status = 2;
        } catch (IOException | InterruptedException failed) {
            progress.println("cannot measure: " + failed.getMessage());
            status = 2;
        }
        System.exit(status);
    }

    private boolean run(List<String> args) throws IOException, InterruptedException {
        int requests = args.isEmpty() ? REQUESTS : Integer.parseInt(args.getFirst());
        int perSecond =
                args.size() > 1 ? Integer.parseInt(args.get(1)) : Math.min(PER_SECOND, requests / LEAST_SECONDS);
        if (perSecond < 1 || requests / perSecond < LEAST_SECONDS) {
            throw new IllegalArgumentException("the load must last for " + LEAST_SECONDS + " s or longer");
        }
        Path directory = Files.createTempDirectory("llm-gateway-outage");
        progress.println("logs and data: " + directory);
        int upstreamPort = freePort();
        Process upstream = GatewayProcess.java(
                directory.resolve("upstream.log"), "dev.llmgateway.bench.MockUpstream", String.valueOf(upstreamPort));
        try (OwnPostgres database = new OwnPostgres(directory.resolve("postgres"), freePort());
                GatewayProcess gateway = new GatewayProcess(directory, freePort(), upstreamPort, database.url());
                PacedLoad load = new PacedLoad(gateway.uri("/v1/chat/completions"), perSecond)) {
            database.start();
            gateway.start();
            return measure(database, gateway, load, requests, Duration.ofSeconds(requests / perSecond));
        } finally {
            upstream.destroyForcibly();
        }
    }

    private boolean measure(OwnPostgres database, GatewayProcess gateway, PacedLoad load, int requests, Duration length)
            throws IOException, InterruptedException {
        Outages outages = new Outages(database, gateway, load, length, progress);
        Thread troubles = Thread.ofPlatform().name("outages").start(outages);
        load.run(requests);
        troubles.join();
        outages.check();
        long seconds = outages.awaitDrained().toSeconds();
        Verdict verdict = Verdict.of(load.answered(), database.recorded(), outages.killed());
        out.print(verdict);
        out.printf(Locale.ROOT, "calls without an answer               %,9d%n", load.failed());
        out.printf(
                Locale.ROOT,
                "counted as lost by the gateway        %,9d%n",
                gateway.metric("gateway_records_lost_total"));
        out.printf(Locale.ROOT, "seconds from the last answer to the last record %d%n", seconds);
        out.println(Latencies.of(load.answered(), outages.first()));
        out.println(verdict.isGood() ? "met" : "MISSED");
        return verdict.isGood();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
