package dev.llmgateway.api.idempotency;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.ir.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * Stands for all that two calls must have in common to be the same call.
 *
 * @param hash of what is said, not of how it is spelled
 */
record CallPrint(String hash) {

    static CallPrint of(Exchange exchange) {
        ChatRequest request = exchange.request();
        CallOptions options = exchange.options();
        RoutingOptions routing = options.routing();
        Object[] said = {
            request.model(),
            request.messages(),
            request.toolUse(),
            request.sampling(),
            request.maxOutputTokens(),
            request.reasoning(),
            request.outputFormat(),
            request.choiceCount(),
            request.stream(),
            request.endUser(),
            request.extras(),
            routing.profile(),
            routing.classification(),
            routing.maxCost(),
            options.failover(),
            new TreeMap<>(options.providerHeaders())
        };
        return new CallPrint(sha256(Arrays.toString(said)));
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
