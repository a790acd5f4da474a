package dev.llmgateway.api.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import org.junit.jupiter.api.Test;

/** Which level a call's data has, and who says so. */
final class RoutingOptionsTest {

    private static final Caller SECRETIVE = new Caller("a", null, provider -> null, DataClassification.CUI);

    @Test
    void dataIsInternalUnlessSomebodySaysOtherwise() {
        RoutingOptions options = CallOptions.defaults().routing();

        assertThat(options.classification()).isEqualTo(DataClassification.INTERNAL);
        assertThat(options.levelSource()).isEqualTo(new LevelSource.Usual());
    }

    @Test
    void theTenantsDefaultHoldsWhereTheCallSaysNothing() {
        RoutingOptions options = CallOptions.defaults().withCaller(SECRETIVE).routing();

        assertThat(options.classification()).isEqualTo(DataClassification.CUI);
        assertThat(options.levelSource()).isEqualTo(new LevelSource.Tenant());
    }

    @Test
    void whatTheCallSaysWinsOverTheTenantsDefaultLowerOrHigher() {
        for (DataClassification level : DataClassification.values()) {
            RoutingOptions options = CallOptions.builder()
                    .routing(RoutingOptions.defaults().withClassification(level))
                    .caller(SECRETIVE)
                    .build()
                    .routing();

            assertThat(options.classification()).isEqualTo(level);
            assertThat(options.levelSource()).isEqualTo(new LevelSource.Declared());
        }
    }

    @Test
    void theDefaultOfOneTenantIsNotAnothers() {
        RoutingOptions options = CallOptions.defaults()
                .withCaller(SECRETIVE)
                .withCaller(Caller.tenant("b"))
                .routing();

        assertThat(options).isEqualTo(RoutingOptions.defaults());
    }

    @Test
    void aMarkingRaisesAndRemembersWhatWasSaidBefore() {
        RoutingOptions raised = RoutingOptions.defaults().raised(DataClassification.ITAR, "itar");

        assertThat(raised.classification()).isEqualTo(DataClassification.ITAR);
        assertThat(raised.levelSource()).isEqualTo(new LevelSource.Marking(DataClassification.INTERNAL, "itar"));
        assertThat(raised.forTenant(DataClassification.PUBLIC)).isEqualTo(raised);
        assertThatThrownBy(() -> raised.raised(DataClassification.CUI, "cui-banner"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("level is cui: it must be above itar");
    }
}
