package dev.llmgateway.api.idempotency;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.fingerprint.RequestFingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Stands for all that two calls must have in common to be the same call.
 *
 * @param said what is asked, by its meaning, and of whom
 */
record CallPrint(RequestFingerprint said) {

    /** The print of a call whose request has this fingerprint. */
    static CallPrint of(Exchange exchange, RequestFingerprint asked) {
        ChatRequest request = exchange.request();
        CallOptions options = exchange.options();
        RoutingOptions routing = options.routing();
        List<String> beside = new ArrayList<>();
        beside.add(request.model());
        beside.add(String.valueOf(request.stream()));
        beside.add(String.valueOf(request.endUser()));
        Map<String, JsonNode> members = request.extras().of(Dialect.OPENAI_CHAT);
        beside.add(String.valueOf(members.get("stream_options")));
        beside.add(String.valueOf(members.get("safety_identifier")));
        beside.add(String.valueOf(request.extras().member(Dialect.OPENAI_EMBEDDINGS, "encoding_format")));
        beside.add(routing.profile().key());
        beside.add(routing.classification().word());
        beside.add(String.valueOf(routing.maxCost()));
        beside.add(String.valueOf(options.failover()));
        new TreeMap<>(options.providerHeaders()).forEach((name, value) -> {
            beside.add(name);
            beside.add(value);
        });
        return new CallPrint(asked.within(beside));
    }
}
