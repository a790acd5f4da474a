package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Category;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All detectors of personal data. */
public final class PersonalDetectors {

    /** The countries whose phone numbers are known without the country's code, unless others are asked for. */
    public static final List<String> PHONE_REGIONS = List.of("US", "GB", "DE", "FR", "IL", "IN", "CA", "BR");

    private PersonalDetectors() {}

    /**
     * The detectors that can find one of the kinds.
     *
     * @param phoneRegions countries by their two letters (ISO 3166); their phone numbers are found without the country's code too
     * @throws IllegalArgumentException if there is no such region
     */
    public static List<Detector> of(Set<Kind> kinds, List<String> phoneRegions) {
        Set<Kind> personal = new HashSet<>(kinds);
        personal.removeIf(it -> it.category() != Category.PERSONAL);
        List<Detector> detectors = new ArrayList<>();
        if (personal.remove(Kind.EMAIL)) {
            detectors.add(new Email(TopLevelDomains.read()));
        }
        if (personal.contains(Kind.CRYPTO_BTC)) {
            detectors.add(new Bitcoin());
        }
        if (personal.contains(Kind.MAC_ADDRESS)) {
            detectors.add(new MacAddress());
        }
        if (personal.contains(Kind.MAC_ADDRESS) || personal.contains(Kind.IP_ADDRESS)) {
            detectors.add(new ColonAddress(Set.copyOf(personal)));
        }
        if (!personal.isEmpty()) {
            detectors.add(new Numbers(Set.copyOf(personal), phoneRegions));
        }
        return detectors;
    }
}
