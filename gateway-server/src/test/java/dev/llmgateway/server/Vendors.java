package dev.llmgateway.server;

import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.simulated.ChatStyle;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.server.config.ConfigFile;
import dev.llmgateway.server.http.HttpSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A gateway in front of one simulated provider of every type, in its vendor's manner; the provider's id is the word for its type, and
 * it is asked once per call. As an extension of a test class, it forgets between two tests what was asked and planned, and ends
 * with the class.
 */
final class Vendors implements BeforeEachCallback, AfterAllCallback {
    private final Map<ProviderType, SimulatedProvider> providers = new EnumMap<>(ProviderType.class);
    private final LeapingTicker ticker = new LeapingTicker();
    private final GatewayServer gateway;
    private final List<Runnable> closing = new ArrayList<>();

    Vendors() {
        StringBuilder config = new StringBuilder("""
                [server]
                port = 0
                [catalog]
                sync_interval_secs = 0
                [resilience.default_retry_policy]
                max_attempts = 1
                """);
        for (ProviderType type : ProviderType.values()) {
            SimulatedProvider provider = SimulatedProvider.builder()
                    .name(type.word())
                    .chatStyle(styleOf(type))
                    .start();
            providers.put(type, provider);
            config.append("""
                    [[providers]]
                    id = "%1$s"
                    provider_type = "%1$s"
                    api_key = "key-of-%1$s"
                    endpoint = "%2$s"
                    """.formatted(type.word(), provider.uri()));
        }
        gateway = GatewayServer.start(
                ConfigFile.parse("vendors.toml", config.toString(), name -> null),
                HttpSettings.DEFAULT,
                TestServer.CLOCK,
                ticker);
    }

    private static ChatStyle styleOf(ProviderType type) {
        return switch (type) {
            case GOOGLE -> ChatStyle.GOOGLE;
            case GROQ -> ChatStyle.GROQ;
            case ANTHROPIC, OPENAI, DEEP_INFRA, AZURE_OPENAI, LOCAL -> ChatStyle.OPENAI;
        };
    }

    URI uri() {
        return gateway.uri();
    }

    SimulatedProvider of(ProviderType type) {
        return providers.get(type);
    }

    /** A model at the provider of this type and at no other. */
    static String model(ProviderType type) {
        return type.word() + "/sim-large";
    }

    /** A client of this gateway, which ends with it. */
    <C> C client(Function<URI, C> make, Consumer<C> close) {
        C client = make.apply(uri());
        closing.add(() -> close.accept(client));
        return client;
    }

    /** Lets the provider of this type fail the next four calls: a bad request, a broken server, no such model, a limit for seven seconds. */
    void failFourTimes(ProviderType type) {
        of(type).enqueue(
                        Reply.failure(400),
                        Reply.failure(500),
                        Reply.failure(404),
                        Reply.failure(429, Map.of("retry-after", "7")));
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        reset();
    }

    void reset() {
        providers.values().forEach(SimulatedProvider::reset);
        ticker.leap();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        closing.forEach(Runnable::run);
        gateway.close();
        providers.values().forEach(SimulatedProvider::close);
    }
}
