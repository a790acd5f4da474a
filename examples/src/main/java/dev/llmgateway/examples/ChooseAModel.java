package dev.llmgateway.examples;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.routing.ModelRouter;
import dev.llmgateway.routing.catalog.CatalogClearances;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.Upstream;

/**
 * Lets the gateway choose the model, and shows why it chose so, before anything is sent. {@code examples/run ChooseAModel}
 */
public final class ChooseAModel {

    private ChooseAModel() {}

    public static void main(String[] args) {
        choose(ExampleProvider.open());
    }

    static void choose(Provider openAi) {
        LiveCatalog catalog = new LiveCatalog(ModelCatalog.shipped());
        catalog.add(new Upstream(openAi, "openai"));
        try (Gateway gateway = Gateway.builder()
                .provider(openAi)
                .router(ModelRouter.builder(catalog).build())
                .clearances(new CatalogClearances(catalog))
                .build()) {
            ChatRequest request = ChatRequest.builder("auto")
                    .user("Write a haiku about gateways.")
                    .build();
            CallOptions options = CallOptions.defaults()
                    .withRouting(RoutingOptions.defaults()
                            .withProfile(RoutingProfile.COST_OPTIMIZED)
                            .withMaxCost(0.002));
            RoutingDecision decision = gateway.route(request, options);
            System.out.println(decision.summary());
            decision.eliminated().stream()
                    .limit(3)
                    .forEach(out -> System.out.println("not " + out.candidate() + ": " + out.sentence()));
            System.out.println(gateway.chat(request, options).text());
        }
    }
}
