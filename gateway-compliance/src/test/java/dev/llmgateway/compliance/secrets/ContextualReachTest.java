package dev.llmgateway.compliance.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A look at an anchor reads a bounded stretch whatever follows, so that the time is proportional to the length. */
class ContextualReachTest {

    private static final List<Detector> DETECTORS =
            SecretDetectors.of(Set.of(Kind.PASSWORD, Kind.SECRET, Kind.AUTHORIZATION)).stream()
                    .filter(it -> !it.specific())
                    .toList();

    private static final int REACH = 800;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=",
                "password = ",
                "token:",
                "token : ",
                "key=key&key=",
                "key: &a = ",
                "secret: string = ",
                "secret: \"\\\"",
                "pass pass ",
                "pass-",
                "api_key\n\n",
                "<password>   ",
                "authorization: ",
                "bearer bearer ",
                "authorization=bearer-",
                "curl -u a:",
                "curl --user \"a",
                "mysql -p",
                "cookie session=",
                "session=1)",
                "auth={\"value\":",
            })
    void readsABoundedStretch(String unit) {
        String text = unit.repeat(2 * REACH / unit.length() + 1);
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        for (Detector detector : DETECTORS) {
            for (String anchor : detector.anchors()) {
                int at = lower.indexOf(anchor);
                while (at >= 0 && at + anchor.length() + REACH <= text.length()) {
                    assertThat(starves(detector, text, at, at + anchor.length()))
                            .as("%s at %d of %s", anchor, at, unit)
                            .isFalse();
                    at = lower.indexOf(anchor, at + 1);
                }
            }
        }
    }

    private static boolean starves(Detector detector, String text, int from, int to) {
        Window window = new Window();
        window.append(text, 0, to + REACH);
        window.ask(to);
        detector.match(window, from, to);
        return window.starved();
    }
}
