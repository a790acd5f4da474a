package dev.llmgateway.server.config;

import dev.llmgateway.api.NearestName;
import dev.llmgateway.server.config.AccessConfig.VirtualKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tenants that calls can belong to. Sections name a tenant by its id, or, as the manual has it, by one of its virtual keys; a
 * section for a tenant that nobody can be is a mistake.
 */
final class KnownTenants {

    private final List<VirtualKey> virtualKeys;
    private final Set<String> tenants = new LinkedHashSet<>();

    KnownTenants(List<VirtualKey> virtualKeys) {
        this.virtualKeys = virtualKeys;
        tenants.add(VirtualKey.DEFAULT_TENANT);
        virtualKeys.forEach(key -> tenants.add(key.tenant()));
    }

    /** The tenant that a section's name means; empty, and a problem of the file, when there is none. */
    Optional<String> find(String name, Section section) {
        String tenant = tenants.contains(name) ? name : tenantOfKey(section.ownName(name), name);
        if (tenants.contains(tenant)) {
            return Optional.of(tenant);
        }
        section.wrongName("is no tenant: \"" + TableReader.shown(name) + "\"", remedy(name));
        return Optional.empty();
    }

    private String tenantOfKey(Secret key, String otherwise) {
        return virtualKeys.stream()
                .filter(known -> known.key().equals(key))
                .map(VirtualKey::tenant)
                .findFirst()
                .orElse(otherwise);
    }

    private String remedy(String name) {
        String known = "there are " + String.join(", ", new TreeSet<>(tenants))
                + " (a tenant is the label of an entry of [key_map] in lower case, with hyphens)";
        return NearestName.of(name, tenants)
                .or(() -> NearestName.of(TenantId.ofLabel(name), tenants))
                .map(near -> "did you mean \"" + near + "\"? " + known)
                .orElse(known);
    }
}
