package dev.llmgateway.server.config;

import dev.llmgateway.providers.ProviderType;
import java.util.List;

/**
 * An embedding model at a configured provider: {@code <provider id>/<model>}.
 *
 * @param provider the provider's id
 * @param model the model's id there; at Azure the deployment's name
 */
public record EmbedderName(String provider, String model) {
    private static final String KEY = "embedder";

    /** Reads a name, and reports when it names no provider that could embed anything. */
    static EmbedderName read(Section section, String name, List<ProviderConfig> providers) {
        int slash = name.indexOf('/');
        EmbedderName read = new EmbedderName(name.substring(0, Math.max(0, slash)), name.substring(slash + 1));
        ProviderConfig provider = providers.stream()
                .filter(known -> known.id().equals(read.provider))
                .findFirst()
                .orElse(null);
        if (read.provider.isEmpty() || read.model.isBlank()) {
            section.wrong(KEY, "names no model", "write \"<provider id>/<model>\"" + example());
        } else if (provider == null) {
            section.wrong(
                    KEY,
                    "names a provider that is not configured",
                    "the part before the slash is the id of one of [[providers]]" + example());
        } else if (!provider.enabled()) {
            section.wrong(KEY, "names a provider that is switched off", "set enabled = true for it, or name another");
        } else if (!provider.type().hasEmbeddings()) {
            section.wrong(
                    KEY,
                    "names a provider of type " + provider.type().word() + ", which has no embedding models",
                    "name one of type " + typesWithEmbeddings() + example());
        }
        return read;
    }

    private static String example() {
        return ", as in \"openai/text-embedding-3-small\"";
    }

    private static String typesWithEmbeddings() {
        return String.join(
                ", ",
                List.of(ProviderType.values()).stream()
                        .filter(ProviderType::hasEmbeddings)
                        .map(ProviderType::word)
                        .toList());
    }

    @Override
    public String toString() {
        return provider + "/" + model;
    }
}
