package dev.llmgateway.resilience.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException.Unauthenticated;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who calls, by the key that was sent. */
final class AuthenticationTest {

    private static final Caller ALPHA = Caller.tenant("alpha");
    private static final VirtualKeys KEYS = VirtualKeys.of(
            Map.of("key-of-alpha", ALPHA, "second-key-of-alpha", ALPHA, "key-of-beta", Caller.tenant("beta")));

    private final List<String> authenticated = new ArrayList<>();

    private static final class Nothing implements ChatStream {
        @Override
        public @Nullable ChatEvent next() {
            return null;
        }

        @Override
        public void close() {}
    }

    private String tenant(Authentication stage, CallOptions options) {
        GatewayListener listener = new GatewayListener() {
            @Override
            public void authenticated(Exchange exchange) {
                authenticated.add(exchange.caller().tenant());
            }
        };
        ChatRequest request = ChatRequest.builder("m").user("hi").build();
        List<String> seen = new ArrayList<>();
        stage.intercept(new Exchange("req_1", request, options, listener, null, null, 0, 1), exchange -> {
                    seen.add(exchange.caller().tenant());
                    return new Nothing();
                })
                .close();
        return seen.getFirst();
    }

    private String tenant(Authentication stage, @Nullable String key) {
        return tenant(stage, CallOptions.builder().virtualKey(key).build());
    }

    @Test
    void findsWhomAKeyBelongsTo() {
        Authentication stage = Authentication.required(KEYS);

        assertThat(tenant(stage, "key-of-alpha")).isEqualTo("alpha");
        assertThat(tenant(stage, "second-key-of-alpha")).isEqualTo("alpha");
        assertThat(tenant(stage, "key-of-beta")).isEqualTo("beta");
        assertThat(authenticated).containsExactly("alpha", "alpha", "beta");
    }

    @Test
    void refusesCallsWithoutAKnownKey() {
        Authentication stage = Authentication.required(KEYS);

        assertThatExceptionOfType(Unauthenticated.class)
                .isThrownBy(() -> tenant(stage, (String) null))
                .withMessageStartingWith("this needs a key");
        assertThatExceptionOfType(Unauthenticated.class)
                .isThrownBy(() -> tenant(stage, "key-of-alph"))
                .withMessage("the key that was sent is not known here");
        assertThat(authenticated).isEmpty();
    }

    @Test
    void asksForNoKeyWhenThereAreNone() {
        assertThat(tenant(Authentication.required(VirtualKeys.of(Map.of())), "any"))
                .isEqualTo("default");
    }

    @Test
    void letsCallersWithoutAKnownKeyInWhenNoneIsRequired() {
        Authentication stage = Authentication.optional(KEYS);

        assertThat(tenant(stage, (String) null)).isEqualTo("default");
        assertThat(tenant(stage, "unknown")).isEqualTo("default");
        assertThat(tenant(stage, "key-of-beta")).isEqualTo("beta");
        assertThat(tenant(stage, CallOptions.builder().caller(ALPHA).build())).isEqualTo("alpha");
    }

    @Test
    void takesACallerThatTheKeysGaveButNoOneElses() {
        Authentication stage = Authentication.required(KEYS);
        Caller found = stage.find("key-of-beta");

        assertThat(tenant(stage, CallOptions.builder().caller(found).build())).isEqualTo("beta");
        assertThatExceptionOfType(Unauthenticated.class)
                .isThrownBy(() -> tenant(
                        stage,
                        CallOptions.builder()
                                .caller(new Caller(found.tenant(), found.label(), found.providerKeys()))
                                .build()));
    }

    @Test
    void printsNoKey() {
        assertThat(KEYS.toString()).isEqualTo("VirtualKeys[3]");
    }

    @Test
    void refusesABlankKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VirtualKeys.of(Map.of(" ", ALPHA)))
                .withMessageContaining("blank");
    }

    @Test
    void letsTheApplicationsOwnCallerInWithoutAKeyAndNobodyWhoLooksAlike() {
        Caller own = Caller.tenant("own");
        Authentication stage = Authentication.required(KEYS).trusting(own);

        assertThat(tenant(stage, CallOptions.builder().caller(own).build())).isEqualTo("own");
        assertThatExceptionOfType(Unauthenticated.class)
                .isThrownBy(() -> tenant(
                        stage,
                        CallOptions.builder().caller(Caller.tenant("own")).build()));
        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> tenant(stage, (String) null));
    }
}
