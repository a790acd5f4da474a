package dev.llmgateway.server.config;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.server.config.AccessConfig.VirtualKey;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the sections {@code [key_map.*]}, which must differ in their keys, and in their labels when they mean different tenants. */
final class VirtualKeySections {

    private static final String CANNOT_BE_SENT = "has characters that no header can carry";
    private static final String WRITE_PLAINLY =
            "use letters, digits and other printable ASCII characters without blanks";

    private final Set<Secret> keys = new HashSet<>();
    private final Map<String, String> labelsByTenant = new HashMap<>();

    private VirtualKeySections() {}

    static List<VirtualKey> readAll(Section file) {
        VirtualKeySections sections = new VirtualKeySections();
        return List.copyOf(file.named("key_map", sections::read).values());
    }

    private VirtualKey read(String name, Section entry) {
        Map<ProviderType, Secret> providerKeys = new EnumMap<>(ProviderType.class);
        for (ProviderType type : ProviderType.values()) {
            String word = type.word() + "_key";
            Secret key = entry.secret(word);
            if (key != null) {
                if (!canBeSent(key)) {
                    entry.wrong(word, CANNOT_BE_SENT, WRITE_PLAINLY);
                }
                providerKeys.put(type, key);
            }
        }
        String label = entry.optionalText("label");
        if (label != null) {
            checkLabel(entry, label);
        }
        return new VirtualKey(
                key(name, entry),
                label,
                Map.copyOf(providerKeys),
                entry.optionalWord("default_classification", DataClassification.class));
    }

    private Secret key(String name, Section entry) {
        Secret key = entry.ownName(name);
        if (!keys.add(key)) {
            entry.wrongName("is the same key as that of another entry", "every caller needs a key of its own");
        } else if (!canBeSent(key)) {
            entry.wrongName(CANNOT_BE_SENT, WRITE_PLAINLY);
        }
        return key;
    }

    private void checkLabel(Section entry, String label) {
        String tenant = TenantId.ofLabel(label);
        String other = labelsByTenant.putIfAbsent(tenant, label);
        if (tenant.isEmpty()) {
            entry.wrong("label", "has neither a letter nor a digit", "the tenant's id is made of them");
        } else if (other != null && !other.equals(label)) {
            entry.wrong(
                    "label",
                    "means the tenant \"" + tenant + "\", as the label \"" + other + "\" does",
                    "write labels of one tenant alike, and let those of different ones differ in letters or digits");
        }
    }

    private static boolean canBeSent(Secret key) {
        return key.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
