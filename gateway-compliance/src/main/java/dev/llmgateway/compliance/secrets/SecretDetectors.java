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
        return detectors;
    }
}
