package dev.llmgateway.providers;

import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.ir.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a provider's model list, page by page where it has pages (Anthropic). */
final class ModelLists {

    private static final int MOST_PAGES = 20;
    private static final int PAGE_SIZE = 1000;
    private static final int MOST_PAGE_BYTES = 16 * 1024 * 1024;

    private final Upstream upstream;
    private final ShortAnswer answer;

    ModelLists(Upstream upstream, OkHttpClient client) {
        this.upstream = upstream;
        this.answer = new ShortAnswer(upstream, client, MOST_PAGE_BYTES, "list its models", "a model list");
    }

    List<ModelInfo> read(Duration timeout) {
        HttpUrl url = upstream.endpoints().models();
        if (url == null) {
            return upstream.endpoints().deployments().stream()
                    .map(name -> new ModelInfo(name, null, 0, null, null))
                    .toList();
        }
        long end = System.nanoTime() + timeout.toNanos();
        List<ModelInfo> models = new ArrayList<>();
        String after = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            byte[] body = get(pageUrl(url, after), Duration.ofNanos(end - System.nanoTime()));
            models.addAll(decode(body));
            after = nextPage(body);
            if (after == null) {
                return whole(models);
            }
        }
        throw upstream.failures().malformed("has a model list of more than " + MOST_PAGES + " pages", null);
    }

    /** A vendor without any model is a vendor that is not well. */
    private List<ModelInfo> whole(List<ModelInfo> models) {
        if (models.isEmpty()) {
            throw upstream.failures().malformed("lists no models", null);
        }
        return List.copyOf(models);
    }

    private HttpUrl pageUrl(HttpUrl url, @Nullable String after) {
        if (upstream.type() != ProviderType.ANTHROPIC) {
            return url;
        }
        HttpUrl.Builder page = url.newBuilder().setQueryParameter("limit", String.valueOf(PAGE_SIZE));
        return after == null
                ? page.build()
                : page.setQueryParameter("after_id", after).build();
    }

    private byte[] get(HttpUrl url, Duration timeLeft) {
        Request.Builder request = new Request.Builder().url(url).headers(upstream.headers());
        if (upstream.type() == ProviderType.ANTHROPIC) {
            request.header(ChatRequests.ANTHROPIC_VERSION, "2023-06-01");
        }
        return answer.read(request.build(), timeLeft);
    }

    private List<ModelInfo> decode(byte[] body) {
        try {
            return upstream.codec().decodeModels(body);
        } catch (MalformedAnswerException e) {
            throw upstream.failures().malformed("sent something that is no model list: " + e.getMessage(), e);
        }
    }

    private @Nullable String nextPage(byte[] body) {
        if (upstream.type() != ProviderType.ANTHROPIC) {
            return null;
        }
        JsonNode page = Json.parse(body);
        String last = page.path("last_id").stringValue("");
        return page.path("has_more").booleanValue(false) && !last.isEmpty() ? last : null;
    }
}
