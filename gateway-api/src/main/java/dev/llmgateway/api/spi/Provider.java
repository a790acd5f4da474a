package dev.llmgateway.api.spi;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.ModelInfo;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configured upstream. Thread safe. */
public interface Provider extends AutoCloseable {

    /** The configured id, for example {@code openai}; unique in a gateway. */
    String id();

    /** What kind of service it is and where, for traces. Unless overridden, its id at no known address. */
    default ProviderService service() {
        return new ProviderService(id(), null, 0);
    }

    /**
     * The wire format that this request would be sent in, for traces; asks nobody. Null, as unless overridden, when it
     * cannot tell.
     *
     * @param model the model's id on the wire
     */
    default @Nullable Dialect dialectOf(ChatRequest request, String model) {
        return null;
    }

    /** How many connections to it there are now; null, as unless overridden, when it cannot tell. */
    default @Nullable ProviderConnections connections() {
        return null;
    }

    /**
     * Sends a request and waits until the provider has accepted it. The stream begins with {@code Started}, which carries
     * this provider as its origin; closing it, or cancelling the call, closes the connection.
     *
     * @throws GatewayException when the provider did not accept it
     */
    ChatStream open(ProviderCall call);

    /**
     * Asks for the models on offer.
     *
     * @param timeout for the whole list
     * @return empty when this provider has no list to give, which says nothing about its models
     * @throws GatewayException when the provider does not answer with a list
     */
    List<ModelInfo> models(Duration timeout);

    /**
     * Frees connections as soon as no call runs, and does not wait for that. For a provider that is taken out while calls
     * that it serves go on to their end. Unless overridden, the same as {@link #close}.
     */
    default void closeWhenIdle() {
        close();
    }

    /** Ends the calls that run and frees connections. Idempotent. */
    @Override
    void close();
}
