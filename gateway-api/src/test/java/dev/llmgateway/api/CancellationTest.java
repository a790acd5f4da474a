package dev.llmgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CancellationTest {

    private final Cancellation call = new Cancellation();
    private final GatewayException gone = new GatewayException.Cancelled("gone");
    private final GatewayException other = new GatewayException.Cancelled("other");
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsItsActionsOnceAndKeepsTheFirstReason() {
        call.onCancel(() -> ran.add("a"));

        call.cancel(gone);
        call.cancel(other);

        assertThat(ran).containsExactly("a");
        assertThat(call.reasonOr(other)).isSameAs(gone);
    }

    @Test
    void runsAnActionAtOnceWhenAlreadyCancelled() {
        call.cancel(gone);

        call.onCancel(() -> ran.add("late"));

        assertThat(ran).containsExactly("late");
    }

    @Test
    void endsTheAttemptsOfACallWithIt() {
        Cancellation attempt = call.child();

        call.cancel(gone);

        assertThat(attempt.isCancelled()).isTrue();
        assertThat(attempt.reasonOr(other)).isSameAs(gone);
    }

    @Test
    void endsAnAttemptAlone() {
        Cancellation attempt = call.child();

        attempt.cancel(gone);

        assertThat(call.isCancelled()).isFalse();
        assertThat(call.reasonOr(other)).isSameAs(other);
    }
}
