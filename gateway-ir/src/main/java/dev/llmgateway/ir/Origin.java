package dev.llmgateway.ir;

import java.util.List;

/**
 * Who answered a call, filled in by the gateway, not by the wire.
 *
 * @param provider the configured provider's id
 * @param model the model id that was sent to it
 * @param dropped what of the request this provider's format could not carry, by its name in the caller's dialect
 */
public record Origin(String provider, String model, List<String> dropped) {
    public Origin {
        dropped = List.copyOf(dropped);
    }
}
