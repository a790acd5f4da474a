package dev.llmgateway.server.config;

import dev.llmgateway.api.NearestName;
import dev.llmgateway.server.config.AccessConfig.Limits;
import dev.llmgateway.server.config.AccessConfig.VirtualKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the sections {@code [rate_limit.tenant_limits.<tenant>]}. A tenant may also be named by one of its virtual keys, as
 * the manual has it; limits for a tenant that nobody can be are a mistake.
 */
final class TenantLimitSections {

    private final Limits defaults;
    private final List<VirtualKey> virtualKeys;
    private final Set<String> tenants = new LinkedHashSet<>();
    private final Map<String, Limits> byTenant = new LinkedHashMap<>();

    private TenantLimitSections(Limits defaults, List<VirtualKey> virtualKeys) {
        this.defaults = defaults;
        this.virtualKeys = virtualKeys;
        tenants.add(VirtualKey.DEFAULT_TENANT);
        virtualKeys.forEach(key -> tenants.add(key.tenant()));
    }

    /** The limits by tenant id; what a section leaves out is as in the defaults. */
    static Map<String, Limits> read(Section rateLimit, Limits defaults, List<VirtualKey> virtualKeys) {
        TenantLimitSections sections = new TenantLimitSections(defaults, virtualKeys);
        rateLimit.named("tenant_limits", sections::read);
        return Collections.unmodifiableMap(sections.byTenant);
    }

    private Limits read(String name, Section section) {
        Limits limits = Limits.read(section, defaults);
        String tenant = tenants.contains(name) ? name : tenantOfKey(section.ownName(name), name);
        if (!tenants.contains(tenant)) {
            section.wrongName("is no tenant: \"" + TableReader.shown(name) + "\"", remedy(name));
        } else if (byTenant.putIfAbsent(tenant, limits) != null) {
            section.wrongName("means a tenant that another section has limits for", "give each tenant one section");
        }
        return limits;
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
