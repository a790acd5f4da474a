package dev.llmgateway.bench.database;

import dev.llmgateway.store.postgres.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * How long the process of PostgreSQL that serves us has run on a processor: unlike the time that passes, it is the same whatever
 * else runs on the machine. Where it cannot be seen, the database being elsewhere, time that passes is told instead.
 */
final class BackendWork implements LongSupplier {

    private final Path accounts;

    private BackendWork(Path accounts) {
        this.accounts = accounts;
    }

    /** The work of the one connection of a database. */
    static LongSupplier of(Database database) {
        int process = database.<Integer>read(handle -> handle.createQuery("select pg_backend_pid()")
                .mapTo(Integer.class)
                .one());
        Path accounts = Path.of("/proc", String.valueOf(process), "schedstat");
        return Files.isReadable(accounts) ? new BackendWork(accounts) : System::nanoTime;
    }

    @Override
    public long getAsLong() {
        try {
            String text = Files.readString(accounts);
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
