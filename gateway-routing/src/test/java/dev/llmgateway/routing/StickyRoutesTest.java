package dev.llmgateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.RoutingOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StickyRoutesTest {
    private static final Candidate FIRST = new Candidate("openai/a", "openai", "a", "A");
    private static final Candidate SECOND = new Candidate("openai/b", "openai", "b", "B");
    private static final String TENANT = "default";
    private static final RoutingOptions CONVERSATION = RoutingOptions.defaults().withConversation("c-1");

    private final AtomicLong now = new AtomicLong();
    private final StickyRoutes routes = new StickyRoutes(Duration.ofMinutes(15), now::get);

    @Test
    void aConversationStaysWithTheModelItBeganWith() {
        assertThat(routes.find(TENANT, CONVERSATION)).isNull();
        routes.remember(TENANT, CONVERSATION, null, FIRST);
        assertThat(routes.find(TENANT, CONVERSATION)).isEqualTo(FIRST);
        assertThat(routes.find(TENANT, CONVERSATION.withConversation("c-2"))).isNull();
    }

    @Test
    void ofTwoCallsAtTheSameTimeTheFirstDecides() {
        routes.remember(TENANT, CONVERSATION, null, FIRST);
        routes.remember(TENANT, CONVERSATION, null, SECOND);
        assertThat(routes.find(TENANT, CONVERSATION)).isEqualTo(FIRST);
    }

    @Test
    void theTimeCountsFromTheChoiceAndUseDoesNotProlongIt() {
        routes.remember(TENANT, CONVERSATION, null, FIRST);
        now.addAndGet(Duration.ofMinutes(14).toNanos());
        Candidate found = routes.find(TENANT, CONVERSATION);
        assertThat(found).isEqualTo(FIRST);
        routes.remember(TENANT, CONVERSATION, found, FIRST);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(routes.find(TENANT, CONVERSATION)).isNull();
    }

    @Test
    void anotherChoiceTakesThePlaceOfOneThatCouldNotBeUsed() {
        routes.remember(TENANT, CONVERSATION, null, FIRST);
        routes.remember(TENANT, CONVERSATION, FIRST, SECOND);
        assertThat(routes.find(TENANT, CONVERSATION)).isEqualTo(SECOND);
    }

    @Test
    void tenantsAreApart() {
        routes.remember("team-a", CONVERSATION, null, FIRST);
        assertThat(routes.find("team-b", CONVERSATION)).isNull();
        assertThat(routes.find(TENANT, CONVERSATION)).isNull();
        routes.remember("team", CONVERSATION.withConversation("-a1"), null, FIRST);
        assertThat(routes.find("team-a", CONVERSATION.withConversation("1"))).isNull();
    }

    @Test
    void callsWithoutAConversationAreNotRemembered() {
        routes.remember(TENANT, RoutingOptions.defaults(), null, FIRST);
        assertThat(routes.size()).isZero();
        assertThat(routes.find(TENANT, RoutingOptions.defaults())).isNull();
    }

    @Test
    void aTimeOfZeroSwitchesItOff() {
        StickyRoutes off = new StickyRoutes(Duration.ZERO, now::get);
        off.remember(TENANT, CONVERSATION, null, FIRST);
        assertThat(off.find(TENANT, CONVERSATION)).isNull();
        assertThat(off.size()).isZero();
    }

    @Test
    void noMoreThanSoManyConversationsAreRemembered() {
        for (int i = 0; i < StickyRoutes.MOST_CONVERSATIONS + 5_000; i++) {
            routes.remember(TENANT, RoutingOptions.defaults().withConversation("c-" + i), null, FIRST);
        }
        assertThat(routes.size()).isBetween(1L, (long) StickyRoutes.MOST_CONVERSATIONS);
    }
}
