package dev.llmgateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.server.config.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementGuardTest {
    private static final String KEY = "admin-0123456789";

    private final ManagementGuard keyless = guard(null, "0.0.0.0");
    private final ManagementGuard keyed = guard(KEY, "0.0.0.0");

    private static ManagementGuard guard(@Nullable String key, String host) {
        return new ManagementGuard(key == null ? null : new Secret(key), false, new BrowserGuard(host));
    }

    private static @Nullable ErrorAnswer refused(ManagementGuard guard, String address, Map<String, String> headers) {
        HttpRefusal refusal = guard.refusal(address, headers::get);
        return refusal == null ? null : refusal.answer();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "[0:0:0:0:0:0:0:1]", "::1", "::ffff:127.0.0.1"})
    void callersOnThisMachineMayManageWhenThereIsNoKey(String address) {
        assertThat(refused(keyless, address, Map.of("host", "localhost:8930"))).isNull();
        assertThat(refused(keyless, address, Map.of())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "172.17.0.1", "203.0.113.9", "2001:db8::1", ""})
    void othersMayNotAndAreToldWhatToSet(String address) {
        ErrorAnswer answer = refused(keyless, address, Map.of("host", "localhost:8930"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error().message()).contains("same machine", "auth.admin_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-host", "via"})
    void callersBehindAProxyAreNotTakenForLocalOnes(String header) {
        ErrorAnswer answer = refused(keyless, "127.0.0.1", Map.of("host", "localhost", header, "127.0.0.1"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error().message()).contains("proxy", "auth.admin_key");
    }

    @Test
    void noForwardedHeaderMakesARemoteCallerLocal() {
        Map<String, String> headers =
                Map.of("host", "localhost", "x-forwarded-for", "127.0.0.1", "forwarded", "for=::1");
        assertThat(refused(keyless, "203.0.113.9", headers)).isNotNull();
    }

    /** A page whose own name was made to point here has the same origin, and the browser is on this machine. */
    @Test
    void pagesThatReboundTheirNameToThisMachineMayNotManage() {
        ErrorAnswer answer = refused(keyless, "127.0.0.1", Map.of("host", "evil.example:8930"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error().message()).contains("Host");
    }

    @ParameterizedTest
    @CsvSource({
        "authorization, Bearer admin-0123456789",
        "authorization, bearer admin-0123456789",
        "authorization, Bearer  admin-0123456789",
        "x-api-key, admin-0123456789",
    })
    void theKeyOpensManagementFromAnywhere(String header, String value) {
        assertThat(refused(keyed, "203.0.113.9", Map.of(header, value))).isNull();
        assertThat(refused(keyed, "127.0.0.1", Map.of(header, value, "x-forwarded-for", "203.0.113.9")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "authorization, Bearer admin-0123456788",
        "authorization, Bearer admin-01234567890",
        "authorization, Bearer ''",
        "authorization, Basic admin-0123456789",
        "authorization, admin-0123456789",
        "x-api-key, Bearer admin-0123456789",
        "x-api-key, ADMIN-0123456789",
        "cookie, admin-0123456789",
    })
    void anythingElseDoesNotNotEvenHere(String header, String value) {
        ErrorAnswer answer = refused(keyed, "127.0.0.1", Map.of("host", "localhost", header, value));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers()).containsEntry("www-authenticate", "Bearer");
        assertThat(answer.error().message()).contains("auth.admin_key").doesNotContain("0123");
    }

    @Test
    void aRouteThatNobodyThoughtOfIsGuarded() {
        assertThat(keyed.isGuarded("/v1/brand-new")).isTrue();
        assertThat(keyed.isGuarded("/anything")).isTrue();
        assertThat(keyed.isGuarded("/v1/models")).isFalse();
    }

    @Test
    void metricsAreOpenWhenTheOperatorSaysSo() {
        assertThat(keyed.isGuarded("/metrics")).isTrue();
        assertThat(new ManagementGuard(null, true, new BrowserGuard("")).isGuarded("/metrics"))
                .isFalse();
    }
}
