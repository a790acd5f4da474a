package dev.llmgateway.ir.codec;

import java.util.List;
import java.util.Map;

/**
 * A request as it goes to a provider.
 *
 * @param body the JSON
 * @param headers headers that the body requires (Anthropic's version, say); never credentials
 * @param dropped what of the request could not be carried, by its name in the caller's dialect ({@code top_k}, {@code
 *     tools[2].defer_loading}); empty when nothing was lost
 */
public record EncodedRequest(byte[] body, Map<String, String> headers, List<String> dropped) {
    public EncodedRequest {
        headers = Map.copyOf(headers);
        dropped = List.copyOf(dropped);
    }
}
