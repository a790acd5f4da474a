package dev.llmgateway.providers;

import dev.llmgateway.ir.Dialect;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one configured provider.
 *
 * <p>An endpoint without a path gets the vendor's usual one, so that {@code http://localhost:11434} and {@code
 * http://localhost:11434/v1/} mean the same; an endpoint with a path is taken as it is. Azure has two shapes: with an API
 * version {@code /openai/deployments/<deployment>/chat/completions?api-version=...}, where the deployment is the model's
 * name unless one is configured; without, or when the endpoint ends in {@code /openai/v1}, {@code
 * /openai/v1/chat/completions} with the deployment as the model in the body. Responses are at {@code
 * /openai/responses?api-version=...} and {@code /openai/v1/responses}.
 */
final class Endpoints {

    private static final String AZURE_V1 = "/openai/v1";
    /** The first of Azure's versions that has Responses; versions are days, with or without {@code -preview}. */
    private static final String AZURE_RESPONSES_SINCE = "2025-03-01";

    private final ProviderType type;
    private final HttpUrl base;
    private final @Nullable String deployment;
    private final @Nullable String apiVersion;
    private final boolean byDeploymentPath;

    /** The addresses below {@code endpoint}; the other two are Azure's. */
    Endpoints(ProviderType type, HttpUrl endpoint, @Nullable String deployment, @Nullable String apiVersion) {
        this.type = type;
        this.deployment = deployment;
        this.apiVersion = apiVersion;
        String path = withoutSlash(endpoint.encodedPath());
        this.byDeploymentPath = type == ProviderType.AZURE_OPENAI && apiVersion != null && !path.endsWith(AZURE_V1);
        this.base = endpoint.newBuilder().encodedPath(basePath(path)).build();
    }

    private String basePath(String path) {
        return switch (type) {
            case OPENAI, GOOGLE, DEEP_INFRA, GROQ, LOCAL -> path.isEmpty() ? type.usualPath() : path;
            case ANTHROPIC -> path.endsWith("/v1") ? path : path + "/v1";
            case AZURE_OPENAI -> {
                String resource = path.endsWith("/openai") ? path.substring(0, path.length() - 7) : path;
                if (byDeploymentPath) {
                    yield resource + "/openai/deployments";
                }
                yield resource.endsWith(AZURE_V1) ? resource : resource + AZURE_V1;
            }
        };
    }

    String host() {
        return base.host();
    }

    int port() {
        return base.port();
    }

    /** Where a request for {@code model} goes that is written in {@code dialect}. */
    HttpUrl calls(Dialect dialect, String model) {
        return switch (dialect) {
            case ANTHROPIC_MESSAGES ->
                base.newBuilder().addPathSegment("messages").build();
            case OPENAI_CHAT -> chat(model);
            case OPENAI_RESPONSES -> responses();
            case OPENAI_EMBEDDINGS -> embeddings(model);
        };
    }

    private HttpUrl chat(String model) {
        HttpUrl.Builder url = base.newBuilder();
        if (byDeploymentPath) {
            url.addPathSegment(wireModel(model));
        }
        url.addPathSegments("chat/completions");
        return withApiVersion(url).build();
    }

    private HttpUrl responses() {
        HttpUrl.Builder url = base.newBuilder();
        if (byDeploymentPath) {
            url.removePathSegment(base.pathSize() - 1);
        }
        return withApiVersion(url.addPathSegment("responses")).build();
    }

    /** Whether there is a Responses API, as far as the address tells: Azure's old versions have none. */
    boolean hasResponses() {
        return !byDeploymentPath || apiVersion == null || apiVersion.compareTo(AZURE_RESPONSES_SINCE) >= 0;
    }

    /** Where texts are embedded by {@code model}, which is a deployment at Azure; the configured one is for chats. */
    HttpUrl embeddings(String model) {
        HttpUrl.Builder url = base.newBuilder();
        if (byDeploymentPath) {
            url.addPathSegment(model);
        }
        return withApiVersion(url.addPathSegment("embeddings")).build();
    }

    /** Where models are listed, or null when the provider has no list of what may be called (Azure's deployments). */
    @Nullable
    HttpUrl models() {
        return type == ProviderType.AZURE_OPENAI
                ? null
                : base.newBuilder().addPathSegment("models").build();
    }

    /** The configured deployments, all that is known where there is no list. */
    List<String> deployments() {
        return deployment == null ? List.of() : List.of(deployment);
    }

    /** The name for the wire: Azure knows deployments, not models. */
    String wireModel(String model) {
        return deployment == null ? model : deployment;
    }

    private HttpUrl.Builder withApiVersion(HttpUrl.Builder url) {
        return apiVersion == null ? url : url.setQueryParameter("api-version", apiVersion);
    }

    private static String withoutSlash(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
