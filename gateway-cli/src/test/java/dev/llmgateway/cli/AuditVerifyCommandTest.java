package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.store.RecordStoreContract;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseSettings;
import dev.llmgateway.store.postgres.PostgresRecordStore;
import dev.llmgateway.store.postgres.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerifyCommandTest {

    @TempDir
    private Path directory;

    private record Run(int status, String out, String err) {

        /** The head that was printed. */
        String head() {
            return out.lines()
                    .filter(line -> line.startsWith("head "))
                    .findFirst()
                    .orElseThrow()
                    .substring(5);
        }
    }

    private Run run(String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings here = new Surroundings(
                InputStream.nullInputStream(), stream(out), stream(err), false, name -> null, directory);
        String[] words = new String[options.length + 2];
        words[0] = "audit";
        words[1] = "verify";
        System.arraycopy(options, 0, words, 2, options.length);
        int status = Program.run(here, words);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private void configure(String url) throws IOException {
        Files.writeString(directory.resolve("config.toml"), "[database]\nurl = \"" + url + "\"\n");
    }

    @Test
    void tellsWhetherRecordsAreAsTheyWereWritten() throws IOException {
        String url = TestDatabase.newUrl();
        configure(url);
        try (Database database = Database.open(DatabaseSettings.of(url, 1))) {
            new PostgresRecordStore(database)
                    .append(List.of(
                            RecordStoreContract.call("req_1", 1).finished(),
                            RecordStoreContract.call("req_2", 2).finished()));
            Run intact = run();
            assertThat(intact.out()).startsWith("intact: 2 calls and 0 late charges after entry 0");
            assertThat(intact.status()).isZero();
            assertThat(intact.err()).isEmpty();
            assertThat(run("--expect-head", intact.head()).status()).isZero();

            database.jdbi().useHandle(handle -> handle.execute("update proxy_records set cost_usd = 0 where seq = 2"));
            Run broken = run();
            assertThat(broken.status()).isEqualTo(1);
            assertThat(broken.out())
                    .startsWith("BROKEN: ")
                    .contains("changed: 1, first: entry 2 (call req_2) is not as it was written");
            assertThat(run("--expect-head", intact.head().replace("2:", "1:")).out())
                    .contains("is not there: records up to it were rewritten or cut off");
        }
    }

    @Test
    void saysWhyItCannotTell() throws IOException {
        assertThat(run().status()).isEqualTo(2);
        configure("postgres://me:s3cret@127.0.0.1:1/gate");
        Run away = run();
        assertThat(away.status()).isEqualTo(2);
        assertThat(away.err()).contains("127.0.0.1:1/gate cannot be reached").doesNotContain("s3cret");
        assertThat(run("--expect-head", "5").err()).contains("--expect-head must be a number, a colon");

        Files.writeString(directory.resolve("config.toml"), "");
        assertThat(run().status()).isEqualTo(2);
        assertThat(run().err()).contains("no database is configured");
    }
}
