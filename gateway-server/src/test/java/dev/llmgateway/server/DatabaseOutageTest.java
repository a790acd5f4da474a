package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.store.postgres.FickleDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL that is not there, goes and comes back: calls are answered all the same, and each is recorded once. */
@Timeout(120)
class DatabaseOutageTest {

    private static final String ASK = """
            {"model":"gpt-4o","max_tokens":50,"messages":[{"role":"user","content":"hello"}]}""";

    private static final int PAUSE_MILLIS = 50;

    @TempDir
    private Path directory;

    private FickleDatabase database;
    private final List<String> answered = new ArrayList<>();

    @BeforeEach
    void prepare() {
        database = new FickleDatabase(directory.resolve("data"));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private TestServer gateway() {
        return TestServer.start(
                "[database]\nurl = \"%s\"\nspool_dir = \"%s\"\n".formatted(database.url(), directory.resolve("spool")));
    }

    private void ask(TestServer gateway, int times) {
        for (int i = 0; i < times; i++) {
            HttpResponse<String> answer = gateway.post("/v1/chat/completions", ASK);
            assertThat(answer.statusCode()).isEqualTo(200);
            answered.add(answer.headers().firstValue("x-request-id").orElseThrow());
        }
    }

    private static long metric(TestServer gateway, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + " (.*)$")
                .matcher(gateway.get("/metrics").body());
        assertThat(line.find()).isTrue();
        return (long) Double.parseDouble(line.group(1));
    }

    /** Waits until so many records are on disk, or one more, since a call is answered before it is recorded. */
    private static void awaitSpooled(TestServer gateway, int count) throws InterruptedException {
        while (metric(gateway, "gateway_records_spooled") < count) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** The database has exactly the calls that were answered; all began at the same moment, by the clock of the test. */
    private void assertAllAreRecordedOnce(TestServer gateway) {
        List<String> recorded =
                Json.parse(gateway.get("/v1/requests?limit=500").body()).get("requests").values().stream()
                        .map(call -> call.get("request_id").stringValue())
                        .toList();
        assertThat(recorded).containsExactlyInAnyOrderElementsOf(answered);
        assertThat(metric(gateway, "gateway_records_lost_total")).isZero();
        assertThat(metric(gateway, "gateway_records_rejected_total")).isZero();
    }

    private static void awaitAllIsWritten(TestServer gateway) throws InterruptedException {
        while (metric(gateway, "gateway_records_spooled") + metric(gateway, "gateway_records_waiting") > 0) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    @Test
    void startsWithoutItsDatabaseAndWritesWhenThatIsThere() throws Exception {
        try (TestServer gateway = gateway()) {
            ask(gateway, 10);
            awaitSpooled(gateway, 10);
            assertThat(gateway.get("/health").statusCode()).isEqualTo(200);

            database.start();
            awaitAllIsWritten(gateway);
            assertAllAreRecordedOnce(gateway);
            assertThat(metric(gateway, "gateway_records_spool_bytes")).isZero();
        }
    }

    @Test
    void goesOnWhileTheDatabaseIsRestarted() throws Exception {
        database.start();
        try (TestServer gateway = gateway()) {
            ask(gateway, 10);
            awaitAllIsWritten(gateway);
            database.stop();
            ask(gateway, 10);
            awaitSpooled(gateway, 10);
            database.start();
            ask(gateway, 10);
            awaitAllIsWritten(gateway);
            assertAllAreRecordedOnce(gateway);
        }
    }

    @Test
    void whatWaitsForTheDatabaseIsForgottenToo() throws Exception {
        database.start();
        try (TestServer gateway = gateway()) {
            ask(gateway, 1);
            awaitAllIsWritten(gateway);
            database.stop();
            ask(gateway, 3);
            awaitSpooled(gateway, 3);
            database.start();

            HttpResponse<String> cleared =
                    gateway.send(gateway.builder("/v1/analytics").DELETE());
            assertThat(cleared.body()).contains("\"cleared\":{\"requests\":4,");
            answered.clear();
            ask(gateway, 1);
            awaitAllIsWritten(gateway);
            assertAllAreRecordedOnce(gateway);
        }
    }

    @Test
    void theNextProcessWritesWhatTheLastOneCouldNot() throws Exception {
        try (TestServer gateway = gateway()) {
            ask(gateway, 10);
        }
        database.start();
        try (TestServer gateway = gateway()) {
            ask(gateway, 10);
            awaitAllIsWritten(gateway);
            assertAllAreRecordedOnce(gateway);
        }
    }

    @Test
    void goesOnWithoutADirectoryForItsSpool() throws Exception {
        Path file = Path.of("pom.xml").toAbsolutePath();
        String config = "[database]\nurl = \"%s\"\nspool_dir = \"%s\"\n".formatted(database.url(), file);
        try (TestServer gateway = TestServer.start(config)) {
            ask(gateway, 5);
            database.start();
            awaitAllIsWritten(gateway);
            assertAllAreRecordedOnce(gateway);
        }
    }
}
