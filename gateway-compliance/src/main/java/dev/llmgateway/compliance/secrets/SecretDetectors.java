package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All detectors of credentials. */
public final class SecretDetectors {

    private SecretDetectors() {}

    /** The detectors that can find one of the kinds. */
    public static List<Detector> of(Set<Kind> kinds) {
        List<Detector> detectors = new ArrayList<>();
        if (kinds.contains(Kind.API_KEY)) {
            detectors.add(new PrefixedToken("github-token", "ghp_", AsciiSet.WORD, 36));
        }
        addContextual(detectors, kinds);
        return detectors;
    }

    /** Those that go by the surroundings come last: what has a form of its own is named by it. */
    private static void addContextual(List<Detector> detectors, Set<Kind> kinds) {
        if (kinds.contains(Kind.AUTHORIZATION)) {
            detectors.add(new AuthorizationHeader());
        }
        if (kinds.contains(Kind.PASSWORD)) {
            detectors.add(new CommandLineLogin());
        }
        if (kinds.contains(Kind.PASSWORD) || kinds.contains(Kind.SECRET)) {
            detectors.add(new ContextualSecret());
        }
    }
}
