package dev.llmgateway.server;

import dev.llmgateway.server.config.AccessConfig;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.config.ProviderConfig;
import dev.llmgateway.server.config.StorageConfig;
import dev.llmgateway.server.http.HttpFront;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;

/** The lines that an operator reads when the gateway has started. */
final class StartupNotice {

    private static final Logger LOG = System.getLogger("dev.llmgateway");

    /** As many are listed. */
    private static final int MOST_TENANTS = 20;

    private StartupNotice() {}

    static void log(GatewayConfig config, URI address) {
        LOG.log(Level.INFO, "llm-gateway " + GatewayVersion.current() + " listens on " + address);
        LOG.log(Level.INFO, providers(config));
        config.notice().ifPresent(notice -> LOG.log(Level.WARNING, notice));
        callers(config, address);
        LOG.log(Level.INFO, management(config));
        LOG.log(Level.INFO, records(config));
    }

    private static void callers(GatewayConfig config, URI address) {
        AccessConfig access = config.access();
        if (access.virtualKeys().isEmpty()) {
            LOG.log(
                    level(config),
                    "Calls are not authenticated: whoever reaches " + address + " may use the providers");
            return;
        }
        if (!access.auth().required()) {
            LOG.log(
                    level(config),
                    "Calls without a known key are let in as tenant \"default\": auth.required is false in the configuration");
        }
        List<String> tenants = access.virtualKeys().stream()
                .map(AccessConfig.VirtualKey::tenant)
                .distinct()
                .toList();
        String more = tenants.size() > MOST_TENANTS ? ", and " + (tenants.size() - MOST_TENANTS) + " more" : "";
        LOG.log(
                Level.INFO,
                "Tenants: " + String.join(", ", tenants.subList(0, Math.min(MOST_TENANTS, tenants.size()))) + more);
    }

    private static String management(GatewayConfig config) {
        return config.access().auth().adminKey() == null
                ? "Management answers callers on this machine only: set auth.admin_key to manage from elsewhere"
                : "Management needs the key of auth.admin_key";
    }

    private static String records(GatewayConfig config) {
        StorageConfig.Database database = config.storage().database();
        if (database.url() == null) {
            return "Records of calls are kept in memory until the end: set database.url to keep them";
        }
        String howLong = database.retention() == null
                ? "for ever"
                : "for " + database.retention().getDays() + " days";
        return "Records of calls are kept in a database, " + howLong;
    }

    private static String providers(GatewayConfig config) {
        List<String> enabled = config.providers().stream()
                .filter(ProviderConfig::enabled)
                .map(provider ->
                        provider.id() + " (" + provider.type().word() + (hasKey(provider) ? "" : ", no key") + ")")
                .toList();
        return enabled.isEmpty()
                ? "No provider is configured: every call will be answered with 404 until one is"
                : "Providers: " + String.join(", ", enabled);
    }

    private static boolean hasKey(ProviderConfig provider) {
        return provider.connection().apiKey() != null;
    }

    /** On this machine's own address it is as expected; on others it is a warning. */
    private static Level level(GatewayConfig config) {
        return HttpFront.isLoopback(config.server().host()) ? Level.INFO : Level.WARNING;
    }
}
