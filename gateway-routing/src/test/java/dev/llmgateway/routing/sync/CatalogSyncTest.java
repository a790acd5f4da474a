package dev.llmgateway.routing.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogSyncTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final LiveCatalog catalog = new LiveCatalog(ModelCatalog.of(
            List.of(ModelCard.builder("openai/known", "openai", "known").build())));

    @BeforeEach
    void oneProviderIsAsItShouldBe() {
        provider("good").lists("known", "new");
    }

    @Test
    void tellsWhatEachProviderListed() {
        ListingProvider local = provider("ollama").lists("llama");

        SyncReport report = sync().sync();

        assertThat(report.at()).isEqualTo(NOW);
        assertThat(report.modelCount()).isEqualTo(3);
        assertThat(report.catalogVersion()).isEqualTo(catalog.snapshot().version());
        assertThat(report.providers()).extracting(ProviderSync::provider).containsExactly("good", "ollama");
        assertThat(report.providers().get(0).change().added()).isEqualTo(1);
        assertThat(report.providers().get(0).change().unchanged()).isEqualTo(1);
        assertThat(card("good/new").onlyAt()).isEqualTo("good");
        assertThat(card("ollama/llama").onlyAt()).isEqualTo(local.id());
    }

    @Test
    void aProviderThatHangsCostsTheOthersNothing() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ListingProvider hanging = provider("hanging").answers(() -> {
            try {
                never.await();
                return List.of();
            } finally {
                interrupted.countDown();
            }
        });

        SyncReport report = timeIsUpWhenAnswered(1).sync();

        assertThat(error(report, "hanging")).isEqualTo("provider \"hanging\" did not list its models in time");
        assertThat(error(report, "good")).isNull();
        assertThat(card("good/new")).isNotNull();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(hanging.asked()).isEqualTo(1);
    }

    @Test
    void aProviderThatIgnoresItsInterruptIsNotAskedAgainUntilItCameBack() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        ListingProvider stubborn = provider("stubborn").answers(() -> {
            awaitUninterruptibly(release);
            return ListingProvider.models("late");
        });
        CatalogSync sync = timeIsUpWhenAnswered(1);
        sync.sync();

        SyncReport second = timeIsUp(sync);

        assertThat(error(second, "stubborn")).contains("still owes the answer");
        assertThat(stubborn.asked()).isEqualTo(1);
        assertThat(catalog.snapshot().catalog().card("stubborn/late")).isNull();
        release.countDown();
    }

    @Test
    void whateverAProviderDoesSpoilsNothingForTheOthers() {
        provider("throwing").answers(() -> {
            throw new IllegalStateException("https://user:secret@host/");
        });
        provider("refusing").answers(() -> {
            throw new GatewayException.TimedOut("too\r\nlate " + "x".repeat(1000), false);
        });
        provider("broken").answers(() -> {
            throw new StackOverflowError();
        });
        provider("nothing").answers(() -> null);
        provider("holes").answers(() -> Collections.singletonList((ModelInfo) null));
        provider("liar").answers(CatalogSyncTest::listThatFailsWhenRead);
        provider("nameless").answers(() -> ListingProvider.models("", " ", "a b", "x".repeat(257), "a\u0000b", "ok"));
        provider("bad id").lists("model");

        SyncReport report = sync().sync();

        assertThat(error(report, "throwing"))
                .isEqualTo("provider \"throwing\" failed to list its models (IllegalStateException)");
        assertThat(error(report, "refusing")).startsWith("too late xxx").hasSizeLessThan(320);
        assertThat(error(report, "broken")).contains("StackOverflowError");
        assertThat(error(report, "nothing")).isNotNull();
        assertThat(error(report, "holes")).isNotNull();
        assertThat(error(report, "liar")).isNotNull();
        assertThat(error(report, "nameless")).isNull();
        assertThat(result(report, "nameless").change().notes())
                .containsExactly("5 models passed over: the id is empty, longer than 256 characters, or has blanks or"
                        + " control characters");
        assertThat(result(report, "bad id").change().notes()).hasSize(1);
        assertThat(catalog.snapshot().catalog().cards())
                .extracting(ModelCard::id)
                .containsExactly("openai/known", "good/new", "nameless/ok");
    }

    @Test
    void aProviderWithoutAListIsNoFailure() {
        provider("azure").lists();

        ProviderSync azure = result(sync().sync(), "azure");

        assertThat(azure.error()).isNull();
        assertThat(azure.change().discovered()).isZero();
    }

    @Test
    void allChangesOfOneSyncAreOneVersionAndNoChangeIsNone() {
        provider("other").lists("a", "b");
        CatalogSync sync = sync();
        long before = catalog.snapshot().version();

        sync.sync();
        sync.sync();

        assertThat(catalog.snapshot().version()).isEqualTo(before + 1);
    }

    @Test
    void aProviderThatIsRemovedWhileItIsAskedLeavesNothingBehind() {
        provider("leaving").answers(() -> {
            catalog.remove("leaving");
            return ListingProvider.models("ghost");
        });

        SyncReport report = sync().sync();

        assertThat(error(report, "leaving")).contains("was removed");
        assertThat(catalog.snapshot().catalog().card("leaving/ghost")).isNull();
    }

    @Test
    void aSecondSyncJoinsTheOneThatRuns() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ListingProvider slow = provider("slow").answers(() -> {
            asked.countDown();
            release.await();
            return ListingProvider.models("m");
        });
        CatalogSync sync = new CatalogSync(
                catalog, InstantSource.fixed(NOW), Duration.ofDays(1), (answers, atMost) -> answers.await());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SyncReport> first = threads.submit(sync::sync);
            asked.await();
            assertThat(sync.isRunning()).isTrue();
            CountDownLatch joining = new CountDownLatch(1);
            Future<SyncReport> second = threads.submit(() -> {
                joining.countDown();
                return sync.sync();
            });
            joining.await();
            release.countDown();
            assertThat(second.get().at()).isEqualTo(first.get().at());
        }
        assertThat(slow.asked()).isBetween(1, 2);
        assertThat(sync.isRunning()).isFalse();
        assertThat(sync.last()).isPresent();
    }

    @Test
    void anInterruptEndsTheWaiting() {
        provider("hanging").answers(() -> {
            new CountDownLatch(1).await();
            return List.of();
        });
        Thread.currentThread().interrupt();

        SyncReport report = sync().sync();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(error(report, "hanging")).isNotNull();
    }

    private static List<ModelInfo> listThatFailsWhenRead() {
        return new AbstractList<>() {
            @Override
            public ModelInfo get(int index) {
                throw new IllegalStateException();
            }

            @Override
            public int size() {
                return 3;
            }
        };
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ListingProvider provider(String id) {
        ListingProvider provider = new ListingProvider(id);
        catalog.add(new Upstream(provider, "openai"));
        return provider;
    }

    private CatalogSync sync() {
        return new CatalogSync(
                catalog, InstantSource.fixed(NOW), Duration.ofDays(1), (answers, atMost) -> answers.await());
    }

    /** Waits until no more than {@code left} answers are missing, and no longer. */
    private CatalogSync timeIsUpWhenAnswered(int left) {
        return new CatalogSync(catalog, InstantSource.fixed(NOW), Duration.ofDays(1), (answers, atMost) -> {
            while (answers.getCount() > left) {
                Thread.onSpinWait();
            }
        });
    }

    private static SyncReport timeIsUp(CatalogSync sync) {
        Thread.currentThread().interrupt();
        SyncReport report = sync.sync();
        assertThat(Thread.interrupted()).isTrue();
        return report;
    }

    private ModelCard card(String id) {
        ModelCard card = catalog.snapshot().catalog().card(id);
        assertThat(card).isNotNull();
        return card;
    }

    private static ProviderSync result(SyncReport report, String provider) {
        return report.providers().stream()
                .filter(result -> result.provider().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    private static String error(SyncReport report, String provider) {
        return result(report, provider).error();
    }
}
