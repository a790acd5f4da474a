package dev.llmgateway.compliance.marking;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.LevelSource;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.text.RequestTexts;
import dev.llmgateway.ir.text.TextPlace;
import org.jspecify.annotations.Nullable;

/**
 * Treats a request by the highest {@linkplain Markings marking} in any of its texts when that is above the level that the call
 * names: raises the level, or blocks the request. It never lowers a level.
 *
 * <pre>{@code
 * Gateway.builder()
 *         .provider(provider)
 *         .stage(Stage.COMPLIANCE, new MarkingPolicy(MarkingPolicy.OnMarking.RAISE))
 *         .build();
 * }</pre>
 *
 * <p>For {@link dev.llmgateway.api.Stage#COMPLIANCE}, or for who fills that place and calls {@link #apply}. What stands
 * further in (the application's own interceptors, the guard, both caches, the embedder, routing and every call of a provider)
 * sees the raised level and keeps answers apart by it. What stands further out sees the level that the call came with:
 * idempotency, for which that is enough, since the same request with the same level carries the same markings, and a key with
 * another request or another level is refused; and limits, which do not go by levels. Thread safe.
 */
public final class MarkingPolicy implements Interceptor {

    /** What happens to a request whose text is marked above its level. */
    public enum OnMarking {
        /** It is treated as what the marking says. */
        RAISE,
        /** It is refused. */
        BLOCK,
        /** Nothing; its texts are not even read. */
        IGNORE
    }

    private final OnMarking action;

    public MarkingPolicy(OnMarking action) {
        this.action = action;
    }

    @Override
    public ChatStream intercept(Exchange exchange, Handler next) {
        return next.handle(apply(exchange));
    }

    /**
     * The call as it is to be treated, and tells the call's listener when its level was raised.
     *
     * @return the same exchange when there is no marking above its level
     * @throws GatewayException.BlockedByCompliance when there is one and such requests are blocked
     */
    public Exchange apply(Exchange exchange) {
        Exchange treated = preview(exchange);
        if (treated != exchange && treated.options().routing().levelSource() instanceof LevelSource.Marking marking) {
            treated.listener().classificationRaised(treated, marking);
        }
        return treated;
    }

    /** As {@link #apply}, but nobody is told. */
    @Override
    public Exchange preview(Exchange exchange) {
        if (action == OnMarking.IGNORE) {
            return exchange;
        }
        RoutingOptions options = exchange.options().routing();
        Found found = find(exchange.request(), options.classification());
        if (found == null) {
            return exchange;
        }
        if (action == OnMarking.BLOCK) {
            throw new GatewayException.BlockedByCompliance(found.sentence(options.classification()));
        }
        RoutingOptions raised =
                options.raised(found.marking.level(), found.marking.rule().word());
        return exchange.withOptions(exchange.options().withRouting(raised));
    }

    /** The first of the highest markings above this level, or null. */
    private static @Nullable Found find(ChatRequest request, DataClassification level) {
        Search search = new Search(level);
        RequestTexts.visit(request, search::look);
        return search.found;
    }

    private record Found(Marking marking, TextPlace place) {

        /** Never quotes the text. */
        String sentence(DataClassification declared) {
            String level = marking.level().word();
            return place.path() + " carries a marking of " + level + " data ("
                    + marking.rule().word() + ", at character " + marking.start() + "), but the call is for "
                    + declared.word() + " data: send it with x-data-classification: " + level
                    + ", or without what is marked";
        }
    }

    /** One walk over one request. */
    private static final class Search {
        private DataClassification above;
        private @Nullable Found found;

        Search(DataClassification above) {
            this.above = above;
        }

        boolean look(String text, TextPlace place) {
            Marking marking = Markings.highest(text).orElse(null);
            if (marking != null && marking.level().compareTo(above) > 0 && !isVocabulary(marking, text, place)) {
                above = marking.level();
                found = new Found(marking, place);
            }
            return above != DataClassification.CLASSIFIED;
        }

        /** A value that a schema allows, or a text that ends the answer, may be the name of a level and marks nothing. */
        private static boolean isVocabulary(Marking marking, String text, TextPlace place) {
            boolean isWhole = marking.end() - marking.start() == text.length();
            return isWhole
                    && switch (place.kind()) {
                        case SCHEMA, RESPONSE_FORMAT, STOP -> true;
                        case SYSTEM, MESSAGE, REASONING, TOOL_CALL, TOOL_RESULT, DOCUMENT -> false;
                        case FILE_NAME, URL, TOOL_DESCRIPTION, END_USER, EXTRA -> false;
                    };
        }
    }
}
