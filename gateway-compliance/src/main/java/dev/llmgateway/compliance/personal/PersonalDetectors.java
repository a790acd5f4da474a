package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All detectors of personal data. */
public final class PersonalDetectors {

    private PersonalDetectors() {}

    /** The detectors that can find one of the kinds. */
    public static List<Detector> of(Set<Kind> kinds) {
        List<Detector> detectors = new ArrayList<>();
        if (kinds.contains(Kind.EMAIL)) {
            detectors.add(new Email());
        }
        return detectors;
    }
}
