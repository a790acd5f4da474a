package dev.llmgateway.bench.jmh;

import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.Resolution;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.tokens.PromptEstimate;
import dev.llmgateway.routing.RequestNeeds;
import dev.llmgateway.routing.RoutingEngine;
import dev.llmgateway.routing.RoutingQuery;
import dev.llmgateway.routing.RoutingTable;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Deciding which models answer a request of 20 messages, a tool and a stream. The cards are the shipped ones, repeated
 * under other names up to the number wanted, each vendor with one provider. {@code -bm sample} shows the median,
 * {@code -prof gc} what is allocated, which is the decision with its trace.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RoutingBenchmark {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final int MESSAGES = 20;
    private static final String SENTENCE = "Say in one line what a gateway does, and why anyone wants one. ";

    /** How many models there are to choose from. */
    @Param({"60", "500"})
    public int cards;

    private final ChatRequest request = request(MESSAGES, 3);
    private final ChatRequest long100Kb = request(MESSAGES, 100_000 / MESSAGES / SENTENCE.length());
    private final Requirements needs = RequestNeeds.of(request, RoutingOptions.defaults());
    private final RoutingEngine engine = new RoutingEngine();
    private RoutingTable table = table(1);

    @Setup
    public void setUp() {
        table = table(cards);
    }

    /** From the request to the decision, with no model named. */
    @Benchmark
    public RoutingDecision requestToDecision() {
        return auto(RequestNeeds.of(request, RoutingOptions.defaults()));
    }

    /** The decision alone. */
    @Benchmark
    public RoutingDecision decision() {
        return auto(needs);
    }

    /** The decision alone, twice at the same time: as long as once, where there are two cores. */
    @Benchmark
    @Threads(2)
    public RoutingDecision decisionsByTwoThreads() {
        return auto(needs);
    }

    /** The decision about a request that names its model. */
    @Benchmark
    public RoutingDecision namedModel() {
        String model = table.entries().getFirst().candidate().model();
        return engine.decide(
                table,
                new RoutingQuery(
                        Resolution.of(model, Resolution.Match.WIRE_ID),
                        table.byWireId(model),
                        RoutingOptions.defaults().profile(),
                        needs,
                        TODAY,
                        null));
    }

    /** How long a prompt of 100 KB is taken to be. */
    @Benchmark
    public PromptEstimate promptOf100Kb() {
        return PromptEstimate.of(long100Kb);
    }

    private RoutingDecision auto(Requirements requirements) {
        return engine.decide(table, RoutingQuery.auto(RoutingOptions.defaults().profile(), requirements, TODAY));
    }

    private static RoutingTable table(int size) {
        List<ModelCard> shipped = List.copyOf(ModelCatalog.shipped().cards());
        List<ModelCard> cards = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            ModelCard card = shipped.get(i % shipped.size());
            String again = i < shipped.size() ? "" : "-again" + i / shipped.size();
            cards.add(ModelCard.builder(card.id() + again, card.vendor(), card.wireId() + again)
                    .chats(card.chats())
                    .limits(card.limits())
                    .capabilities(card.capabilities())
                    .price(card.price())
                    .lifecycle(card.lifecycle())
                    .scores(card.scores())
                    .ttft(card.ttft())
                    .build());
        }
        List<Upstream> upstreams = cards.stream()
                .map(ModelCard::vendor)
                .distinct()
                .map(vendor -> Upstream.named(vendor, vendor))
                .toList();
        return RoutingTable.of(CatalogSnapshot.of(ModelCatalog.of(cards), upstreams));
    }

    private static ChatRequest request(int messages, int sentences) {
        ChatRequest.Builder request = ChatRequest.builder("auto")
                .maxOutputTokens(1_024)
                .toolUse(new ToolUse(
                        List.of(new Tool.Function("get_weather", "The weather of a city", null)), null, null))
                .stream(true);
        for (int i = 0; i < messages; i++) {
            String text = SENTENCE.repeat(sentences);
            request.message(i % 2 == 0 ? Message.user(text) : Message.assistant(text));
        }
        return request.build();
    }
}
