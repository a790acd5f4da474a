package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.server.http.HttpFront;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what is no model call, for every route that there is. */
class ManagementAccessTest {
    private static final String KEY = "admin-key-of-the-test";
    private static final TestServer KEYED = TestServer.start("""
            [server]
            port = 0
            [auth]
            admin_key = "%s"
            """.formatted(KEY));
    private static final TestServer KEYLESS = TestServer.start();

    /** All routes that are for everybody. One more here is a decision, not an accident. */
    private static final List<String> OPEN = List.of(
            "/",
            "/health",
            "/api/hello",
            "/pp/version",
            "/v1/models",
            "/v1/models/<id>",
            "/v1/chat/completions",
            "/v1/messages",
            "/v1/messages/count_tokens",
            "/v1/responses",
            "/v1/responses/compact",
            "/v1/responses/input_tokens",
            "/v1/responses/{id}",
            "/v1/responses/{id}/cancel",
            "/v1/responses/{id}/input_items",
            "/v1/embeddings");

    @AfterAll
    static void stop() {
        KEYED.close();
        KEYLESS.close();
    }

    private static HttpResponse<String> call(TestServer server, HttpFront.Route route, String... headers) {
        String path = route.path().replaceAll("\\{[^}]*}|<[^>]*>", "some-id");
        return server.send(server.builder(path, headers).method(route.method(), BodyPublishers.noBody()));
    }

    private static List<HttpFront.Route> guarded(TestServer server) {
        return server.gateway.registeredRoutes().stream()
                .filter(HttpFront.Route::guarded)
                .toList();
    }

    @Test
    void everyRouteIsManagementButThoseOfThisList() {
        assertThat(KEYED.gateway.registeredRoutes().stream()
                        .filter(route -> !route.guarded())
                        .map(HttpFront.Route::path)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void everyManagementRouteNeedsTheKeyWhenThereIsOne() {
        assertThat(guarded(KEYED)).isNotEmpty().allSatisfy(route -> {
            assertThat(call(KEYED, route).statusCode()).isEqualTo(401);
            HttpResponse<String> wrong = call(KEYED, route, "authorization", "Bearer wrong-key-9");
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.body()).contains("auth.admin_key").doesNotContain(KEY, "wrong-key-9");
            assertThat(call(KEYED, route, "x-api-key", KEY).statusCode()).isNotIn(401, 403);
            assertThat(call(KEYED, route, "authorization", "Bearer " + KEY).statusCode())
                    .isNotIn(401, 403);
        });
    }

    @Test
    void everyManagementRouteIsForThisMachineWhenThereIsNoKey() {
        assertThat(guarded(KEYLESS)).isNotEmpty().allSatisfy(route -> {
            assertThat(call(KEYLESS, route).statusCode()).isNotIn(401, 403);
            HttpResponse<String> proxied = call(KEYLESS, route, "x-forwarded-for", "203.0.113.9");
            assertThat(proxied.statusCode()).isEqualTo(403);
            assertThat(proxied.body()).contains("auth.admin_key");
        });
    }

    @Test
    void callsNeedNoManagementKey() {
        String body = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
        assertThat(KEYED.post("/v1/chat/completions", body).statusCode()).isEqualTo(200);
        assertThat(KEYED.get("/v1/models").statusCode()).isEqualTo(200);
        assertThat(KEYED.get("/health").statusCode()).isEqualTo(200);
    }

    /** Other spellings of a guarded path are no way around the guard: they are guarded, or there is nothing there. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/metrics/", "/%6detrics", "//metrics", "/metrics;a=b", "/x/../metrics", "/./metrics", "/Metrics"
            })
    void noSpellingOfAPathLeadsAroundTheGuard(String path) {
        HttpResponse<String> answer = KEYED.get(path);
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(answer.body()).doesNotContain("gateway_requests_total");
    }

    @Test
    void theRefusalIsInTheCallersDialect() {
        assertThat(Json.parse(KEYED.get("/metrics").body()).get("error").has("code"))
                .isTrue();
        assertThat(Json.parse(KEYED.get("/metrics", "anthropic-version", "2023-06-01")
                                .body())
                        .get("type")
                        .stringValue())
                .isEqualTo("error");
    }
}
