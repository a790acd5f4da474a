package dev.llmgateway.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.server.ServerVitals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault of {@link FaultList}, for whole and streamed calls of clients of every dialect, at a first provider of every
 * dialect, with and without a second provider: which of them answers, what the client sees, what is recorded, what is
 * counted, and that nothing stays open.
 *
 * <p>{@code docs/faults.md} holds the table; {@code -Dfaults.write=true} writes it anew.
 */
final class FaultSuiteTest {

    private static final Path PAGE = Path.of("..", "docs", "faults.md");
    private static final String TABLE_BEGINS = "| fault ";

    /** Most of the time they wait. */
    private static final int BEDS_AT_A_TIME = 8;

    private static final List<AssertionError> PROBLEMS = new ArrayList<>();
    private static final List<Finding> FINDINGS = new ArrayList<>();

    @BeforeAll
    static void meetAllFaults(@TempDir Path directory) throws Exception {
        try (Wrecks wrecks = new Wrecks(directory);
                ExecutorService threads = Executors.newFixedThreadPool(BEDS_AT_A_TIME)) {
            List<Future<SoftAssertions>> beds = new ArrayList<>();
            for (Place place : Place.values()) {
                for (Tongue first : Tongue.values()) {
                    for (boolean alone : new boolean[] {false, true}) {
                        for (List<FaultRow> rows : halves(FaultList.all(first, place))) {
                            beds.add(threads.submit(() -> meetFaults(new Bed(place, first, alone, wrecks), rows)));
                        }
                    }
                }
            }
            for (Future<SoftAssertions> bed : beds) {
                PROBLEMS.addAll(bed.get().assertionErrorsCollected());
            }
        }
        FINDINGS.sort(Comparator.comparing(Finding::firstSpeaks)
                .thenComparing(finding -> finding.what().caller()));
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(new FaultTable(FINDINGS).render(true));
    }

    /** Two gateways wait at the same time. */
    private static List<List<FaultRow>> halves(List<FaultRow> rows) {
        if (rows.size() == 1) {
            return List.of(rows);
        }
        return IntStream.range(0, 2)
                .mapToObj(half -> IntStream.range(0, rows.size())
                        .filter(i -> i % 2 == half)
                        .mapToObj(rows::get)
                        .toList())
                .toList();
    }

    private static SoftAssertions meetFaults(Bed bed, List<FaultRow> rows) throws Exception {
        SoftAssertions softly = new SoftAssertions();
        try (bed) {
            bed.warmUp();
            for (FaultRow row : rows) {
                for (Tongue caller : Tongue.values()) {
                    for (boolean stream : new boolean[] {false, true}) {
                        if (!(row.expected(stream) instanceof Expected.DoesNotApply)) {
                            meet(new FaultCase(row, caller, stream), bed, softly);
                        }
                    }
                }
            }
            checkThatNothingIsLeft(bed, softly);
        }
        return softly;
    }

    private static void checkThatNothingIsLeft(Bed bed, SoftAssertions softly) {
        softly.assertThat(bed.journal.left())
                .as("calls recorded after their end at " + bed)
                .isZero();
        ServerVitals.assertAtRest(bed.gateway(), softly);
        // One client asks one thing after the other, so that at most one connection waits for the next call.
        ServerVitals.eventually(() -> bed.first.liveConnections() <= 1 && bed.second.liveConnections() <= 1);
        softly.assertThat(bed.first.liveConnections())
                .as("connections to the first of " + bed)
                .isLessThanOrEqualTo(1);
        softly.assertThat(bed.second.liveConnections())
                .as("connections to the second of " + bed)
                .isLessThanOrEqualTo(1);
        softly.assertThat(bed.second.disconnects())
                .as("answers of the second that were not read: " + bed)
                .isZero();
    }

    private static void meet(FaultCase fault, Bed bed, SoftAssertions softly) throws InterruptedException {
        try {
            Finding finding = fault.run(bed, softly);
            synchronized (FINDINGS) {
                FINDINGS.add(finding);
            }
        } catch (IOException e) {
            softly.fail("no answer to " + fault + " at " + bed, e);
        }
    }

    @Test
    void everyFaultEndsAsItMust() {
        assertThat(FINDINGS).hasSizeGreaterThan(900);
        assertThat(PROBLEMS).isEmpty();
    }

    @Test
    void thePageTellsWhatHappened() throws IOException {
        String page = Files.readString(PAGE);
        String told = page.substring(page.indexOf(TABLE_BEGINS));
        String happened = new FaultTable(FINDINGS).render(false);
        if (Boolean.getBoolean("faults.write")) {
            Files.writeString(PAGE, page.replace(told, happened));
            return;
        }
        assertThat(told)
                .as("docs/faults.md; -Dfaults.write=true writes it anew")
                .isEqualTo(happened);
    }
}
