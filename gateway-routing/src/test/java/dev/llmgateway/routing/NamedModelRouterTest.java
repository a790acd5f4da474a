package dev.llmgateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedModelRouterTest {
    private static final ModelCatalog CATALOG = ModelCatalog.of(List.of(
            card("openai/gpt-a", "openai", "gpt-a"),
            card("openai/gpt-b", "openai", "gpt-b"),
            card("azure/gpt-b", "azure_openai", "gpt-b"),
            card("anthropic/claude", "anthropic", "claude-20260101"),
            card("groq/oss", "groq", "openai/oss")));

    private final Upstream openai = upstream("my-openai", "openai");
    private final Upstream azure = upstream("azure", "azure_openai");
    private final Upstream anthropic = upstream("anthropic", "anthropic");
    private final Upstream groq = upstream("groq", "groq");
    private final Upstream local = upstream("ollama", "local");

    @Test
    void aCardIsServedByEveryProviderOfItsVendorWhateverTheirIds() {
        Upstream second = upstream("backup", "openai");
        assertThat(targets("openai/gpt-a", openai, anthropic, second))
                .containsExactly("my-openai/gpt-a", "backup/gpt-a");
    }

    @Test
    void aPinnedModelFallsBackOnlyToThoseThatServeTheSameModel() {
        assertThat(targets("openai/gpt-b", azure, anthropic, openai)).containsExactly("my-openai/gpt-b", "azure/gpt-b");
        assertThat(targets("openai/gpt-a", azure, anthropic, openai)).containsExactly("my-openai/gpt-a");
    }

    @Test
    void aWireIdGoesToAllThatServeItInTheirOrder() {
        assertThat(targets("gpt-b", azure, openai)).containsExactly("azure/gpt-b", "my-openai/gpt-b");
        assertThat(targets("claude-20260101", anthropic)).containsExactly("anthropic/claude-20260101");
    }

    @Test
    void aCardsNameWithoutItsProviderIsEnough() {
        assertThat(targets("claude", anthropic)).containsExactly("anthropic/claude-20260101");
    }

    @Test
    void aWireIdWithASlashIsNotTakenForAProvider() {
        assertThat(targets("openai/oss", upstream("openai", "openai"), groq)).containsExactly("groq/openai/oss");
    }

    @Test
    void aProvidersIdSendsAnyNameToIt() {
        assertThat(targets("ollama/llama3:8b", openai, local)).containsExactly("ollama/llama3:8b");
        assertThat(targets("my-openai/ft:gpt/x", openai, local)).containsExactly("my-openai/ft:gpt/x");
    }

    @Test
    void anAliasIsFollowedOnce() {
        Map<String, String> aliases = Map.of("fast", "groq/oss", "faster", "fast");
        assertThat(names(router(aliases, groq), "fast")).containsExactly("groq/openai/oss");
        assertThatThrownBy(() -> names(router(aliases, groq), "faster"))
                .isInstanceOf(GatewayException.ModelNotFound.class)
                .hasMessageContaining("\"fast\", for which \"faster\" is an alias");
    }

    @Test
    void autoTakesEachProvidersFirstCard() {
        assertThat(targets("auto", local, openai, anthropic))
                .containsExactly("my-openai/gpt-a", "anthropic/claude-20260101");
    }

    @Test
    void aDeploymentServesItsOwnModelOnly() {
        Upstream deployment = new Upstream(new Named("azure"), "azure_openai", "gpt-b", null);
        Upstream other = new Upstream(new Named("azure"), "azure_openai", "team-chat", null);
        assertThat(targets("openai/gpt-b", openai, deployment)).containsExactly("my-openai/gpt-b", "azure/gpt-b");
        assertThat(targets("openai/gpt-b", openai, other)).containsExactly("my-openai/gpt-b");
        assertThat(targets("auto", other)).containsExactly("azure/team-chat");
    }

    @Test
    void anUnknownNameGoesNowhereAndTheErrorHelps() {
        assertThatThrownBy(() -> targets("gpt-bb", openai, local))
                .isInstanceOf(GatewayException.ModelNotFound.class)
                .hasMessageContaining("\"gpt-bb\" does not exist")
                .hasMessageContaining("Did you mean gpt-b")
                .hasMessageContaining("my-openai/gpt-bb");
    }

    @Test
    void aCardWithoutAProviderSaysWhichTypeIsMissing() {
        assertThatThrownBy(() -> targets("anthropic/claude", openai)).hasMessageContaining("of the type anthropic");
    }

    @Test
    void withoutProvidersTheErrorSaysSo() {
        assertThatThrownBy(() -> targets("gpt-a")).hasMessageContaining("no provider is configured");
    }

    @Test
    void aRouteHasAtMostThreeTargets() {
        Upstream[] many = {
            upstream("a", "openai"), upstream("b", "openai"), upstream("c", "openai"), upstream("d", "openai")
        };
        assertThat(targets("gpt-a", many)).hasSize(3);
    }

    private static List<String> targets(String model, Upstream... upstreams) {
        return names(router(Map.of(), upstreams), model);
    }

    private static NamedModelRouter router(Map<String, String> aliases, Upstream... upstreams) {
        return new NamedModelRouter(CATALOG, List.of(upstreams), aliases);
    }

    private static List<String> names(NamedModelRouter router, String model) {
        ChatRequest request = ChatRequest.builder(model).user("hi").build();
        return router.route(new Exchange("id", request, CallOptions.defaults(), 0, 1)).targets().stream()
                .map(RouteTarget::toString)
                .toList();
    }

    private static ModelCard card(String id, String vendor, String wireId) {
        return ModelCard.builder(id, vendor, wireId).build();
    }

    private static Upstream upstream(String id, String vendor) {
        return new Upstream(new Named(id), vendor);
    }

    /** A provider that only has a name. */
    private record Named(String id) implements Provider {
        @Override
        public ChatStream open(ProviderCall call) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ModelInfo> models(Duration timeout) {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
