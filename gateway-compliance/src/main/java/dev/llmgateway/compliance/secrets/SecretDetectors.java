package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** All detectors of credentials. */
public final class SecretDetectors {

    private SecretDetectors() {}

    /** The detectors that can find one of the kinds. Those that go by the surroundings come last: what has a form of its own is named by it. */
    public static List<Detector> of(Set<Kind> kinds) {
        List<Detector> detectors = new ArrayList<>(Forms.all());
        detectors.addAll(List.of(new PrivateKey(), new PuttyKey(), new JsonWebToken(), new JsonWebToken.Wrapped()));
        detectors.addAll(PrivateKey.Bare.ALL);
        detectors.addAll(List.of(new UrlPassword(), new ConnectionParameter(), new KubernetesSecret()));
        detectors.addAll(List.of(new AuthorizationHeader(), new CommandLineLogin(), new ContextualSecret()));
        detectors.removeIf(it -> Collections.disjoint(it.kinds(), kinds));
        return List.copyOf(detectors);
    }
}
