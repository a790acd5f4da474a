package dev.llmgateway.server.config;

import dev.llmgateway.server.config.AccessConfig.Limits;
import dev.llmgateway.server.config.AccessConfig.VirtualKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the sections {@code [rate_limit.tenant_limits.<tenant>]}. */
final class TenantLimitSections {

    private final Limits defaults;
    private final KnownTenants tenants;
    private final Map<String, Limits> byTenant = new LinkedHashMap<>();

    private TenantLimitSections(Limits defaults, List<VirtualKey> virtualKeys) {
        this.defaults = defaults;
        this.tenants = new KnownTenants(virtualKeys);
    }

    /** The limits by tenant id; what a section leaves out is as in the defaults. */
    static Map<String, Limits> read(Section rateLimit, Limits defaults, List<VirtualKey> virtualKeys) {
        TenantLimitSections sections = new TenantLimitSections(defaults, virtualKeys);
        rateLimit.named("tenant_limits", sections::read);
        return Collections.unmodifiableMap(sections.byTenant);
    }

    private Limits read(String name, Section section) {
        Limits limits = Limits.read(section, defaults);
        tenants.find(name, section).ifPresent(tenant -> {
            if (byTenant.putIfAbsent(tenant, limits) != null) {
                section.wrongName("means a tenant that another section has limits for", "give each tenant one section");
            }
        });
        return limits;
    }
}
