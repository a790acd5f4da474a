package dev.llmgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceContextTest {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void isWrittenAsItWasRead() {
        TraceContext read = TraceContext.parse(PARENT, "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");

        assertThat(read)
                .isEqualTo(new TraceContext(
                        "4bf92f3577b34da6a3ce929d0e0e4736",
                        "00f067aa0ba902b7",
                        1,
                        "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"));
        assertThat(read.header()).isEqualTo(PARENT);
    }

    @Test
    void aLaterVersionIsReadAsFarAsItIsKnown() {
        TraceContext read = TraceContext.parse("cc" + PARENT.substring(2) + "-what-comes-later", null);

        assertThat(read.header()).isEqualTo(PARENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more"
            })
    void whatIsMalformedIsNoContext(String parent) {
        assertThat(TraceContext.parse(parent, "rojo=1")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "rojo", "=1", "Rojo=1", "rojo=1=2", "rojo=ä", "rojo=1,Congo=2", "a=\u0000"})
    void aMalformedStateIsLeftOutAlone(String state) {
        assertThat(TraceContext.parse(PARENT, state)).isEqualTo(TraceContext.parse(PARENT, null));
    }

    @Test
    void aStateThatIsTooLongIsLeftOut() {
        assertThat(TraceContext.parse(PARENT, "a=" + "1".repeat(600)).state()).isNull();
        assertThat(TraceContext.parse(PARENT, "a=1" + ",b=1".repeat(32)).state())
                .isNull();
        assertThat(TraceContext.parse(PARENT, "a=1, b=2@x,,fw529a3039@dt=FfAAAA")
                        .state())
                .isEqualTo("a=1, b=2@x,,fw529a3039@dt=FfAAAA");
    }
}
