package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Addresses of images and files that a provider is asked to fetch. */
public final class MediaUrls {

    /** No scheme is longer, and no Base64 has what stands behind one. */
    private static final int LONGEST_SCHEME = 16;

    private static final List<String> ADDRESSES = List.of("image_url", "file_url", "file_data");

    private MediaUrls() {}

    /**
     * What a caller says where the bytes of a file belong, which may also be the file's address, as some other gateways take it.
     *
     * @param mediaType of bytes that come without one
     */
    public static MediaSource inPlaceOfData(String data, String mediaType) {
        int scheme = data.indexOf("://", 0, Math.min(data.length(), LONGEST_SCHEME));
        if (scheme > 0) {
            return new MediaSource.Url(data);
        }
        MediaSource inline = DataUrl.parse(data);
        return inline == null ? new MediaSource.Base64(mediaType, data) : inline;
    }

    /**
     * Refuses what nobody but the caller's own vendor may know how to fetch: all addresses but those of the web.
     *
     * @param target the dialect that the request is written in
     * @throws UntranslatableException when a caller of another one sends such an address
     */
    public static void requireOfTheWeb(ChatRequest request, Dialect target) {
        if (request.dialect() == null || request.dialect() == target) {
            return;
        }
        String url = first(request, part -> {
            MediaSource source = source(part);
            return source instanceof MediaSource.Url it && !isOfTheWeb(it.url()) && DataUrl.parse(it.url()) == null;
        });
        if (url != null) {
            throw new UntranslatableException(
                    place(request, url),
                    "this model's provider takes an http or https URL, or a data URL with Base64, and this is neither");
        }
    }

    /**
     * Refuses documents by their address.
     *
     * @param target the dialect that the request is written in; its own callers are left theirs
     * @throws UntranslatableException when a message of another one has such a document
     */
    public static void requireNoDocuments(ChatRequest request, Dialect target) {
        if (request.dialect() == target) {
            return;
        }
        String url =
                first(request, part -> part instanceof Content.Document && source(part) instanceof MediaSource.Url);
        if (url != null) {
            throw new UntranslatableException(
                    place(request, url),
                    "documents by URL are not fetched by this model's provider: send the file as Base64");
        }
    }

    private static boolean isOfTheWeb(String url) {
        return url.regionMatches(true, 0, "https://", 0, 8) || url.regionMatches(true, 0, "http://", 0, 7);
    }

    private static @Nullable String first(ChatRequest request, Predicate<Content> isIt) {
        for (Message message : request.messages()) {
            String url = first(message.content(), isIt);
            if (url != null) {
                return url;
            }
        }
        return null;
    }

    private static @Nullable String first(List<Content> parts, Predicate<Content> isIt) {
        for (Content part : parts) {
            if (isIt.test(part) && source(part) instanceof MediaSource.Url url) {
                return url.url();
            }
            String inner = part instanceof Content.ToolResult result ? first(result.content(), isIt) : null;
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }

    private static @Nullable MediaSource source(Content part) {
        return part instanceof Content.Image image
                ? image.source()
                : part instanceof Content.Document document ? document.source() : null;
    }

    private static String place(ChatRequest request, String url) {
        return PartPlaces.of(request, part -> says(part, url));
    }

    private static boolean says(JsonNode part, String url) {
        return ADDRESSES.stream()
                        .anyMatch(name -> part.path(name).stringValue("").equals(url))
                || part.path("image_url").path("url").stringValue("").equals(url)
                || part.path("file").path("file_data").stringValue("").equals(url)
                || part.path("source").path("url").stringValue("").equals(url);
    }
}
