package dev.llmgateway.bench.outage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Sends calls at an even pace, whether or not the earlier ones are answered, and remembers each answer. */
final class PacedLoad implements AutoCloseable {

    private static final int MOST_AT_ONCE = 200;
    private static final int OK = 200;

    private static final String BODY = """
            {"model":"mock-openai/answer-1024","max_completion_tokens":1024,"messages":[{"role":"user","content":"%s"}]}\
            """.formatted("Say something of a thousand characters. ".repeat(20));

    /**
     * An answered call; moments by {@link System#nanoTime}.
     *
     * @param requestId what the gateway calls it
     */
    record Answered(String requestId, long sent, long done) {

        double millis() {
            return (done - sent) / 1e6;
        }
    }

    private final URI address;
    private final long gapNanos;
    private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failed = new AtomicInteger();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile boolean isHeld;

    PacedLoad(URI address, int perSecond) {
        this.address = address;
        this.gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** Sends so many calls, and returns when all have ended. */
    void run(int count) throws InterruptedException {
        long due = System.nanoTime();
        for (int sent = 0; sent < count; sent++) {
            while (isHeld) {
                LockSupport.parkNanos(gapNanos);
                due = System.nanoTime();
            }
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            due += gapNanos;
            places.acquire();
            threads.execute(this::call);
        }
        places.acquire(MOST_AT_ONCE);
        places.release(MOST_AT_ONCE);
    }

    private void call() {
        long sent = System.nanoTime();
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("content-type", "application/json")
                    .timeout(Duration.ofSeconds(30))
                    .POST(HttpRequest.BodyPublishers.ofString(BODY))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            long done = System.nanoTime();
            if (answer.statusCode() == OK) {
                answered.add(
                        new Answered(answer.headers().firstValue("x-request-id").orElse(""), sent, done));
            } else {
                failed.incrementAndGet();
            }
        } catch (IOException e) {
            failed.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    /** Sends nothing more until {@link #goOn}: the gateway is not there. */
    void hold() {
        isHeld = true;
    }

    void goOn() {
        isHeld = false;
    }

    List<Answered> answered() {
        return List.copyOf(answered);
    }

    /** Calls that got no answer, or one that says that they failed. */
    int failed() {
        return failed.get();
    }

    @Override
    public void close() {
        threads.close();
        http.close();
    }
}
