package dev.llmgateway.routing;

import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Tool;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which API each model would be spoken to in, and what of the request that API does not have: tools that another vendor
 * runs itself, and parts that only another vendor knows. A model that would be sent less than was asked is no worse a
 * model, so it stays in; but it is asked behind all that can take everything. For one decision.
 */
final class ApiFit {

    /** As many things are told of by name. */
    private static final int TOLD = 8;

    private record VendorPart(Dialect dialect, String name) {

        /** A record has this name once for each candidate, and a caller chooses it. */
        private static final int LONGEST = 64;

        VendorPart {
            name = name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "...";
        }
    }

    private final @Nullable ChatRequest request;
    private final Set<VendorPart> parts;

    private ApiFit(@Nullable ChatRequest request, Set<VendorPart> parts) {
        this.request = request;
        this.parts = parts;
    }

    /**
     * The fit of this request.
     *
     * @param request null when only its needs are known; then nothing is known of APIs
     */
    static ApiFit of(@Nullable ChatRequest request) {
        return new ApiFit(request, request == null ? Set.of() : vendorParts(request));
    }

    /** The format that the model would be asked in; null when its provider cannot tell. */
    @Nullable
    Dialect dialect(TableEntry entry) {
        return request == null
                ? null
                : entry.upstream()
                        .provider()
                        .dialectOf(request, entry.candidate().model());
    }

    /** What the model would not be sent, by its names, as {@link Ranked#leavesOut} has it; null when nothing is known to be lost. */
    @Nullable
    String leavesOut(TableEntry entry) {
        if (parts.isEmpty()) {
            return null;
        }
        Dialect spoken = dialect(entry);
        if (spoken == null) {
            return null;
        }
        String lost = parts.stream()
                .filter(part -> part.dialect != spoken)
                .map(VendorPart::name)
                .distinct()
                .limit(TOLD)
                .collect(Collectors.joining(", "));
        return lost.isEmpty() ? null : lost;
    }

    private static Set<VendorPart> vendorParts(ChatRequest request) {
        List<VendorPart> found = new ArrayList<>(0);
        for (Tool tool : request.toolUse().tools()) {
            if (tool instanceof Tool.Vendor vendor) {
                found.add(new VendorPart(vendor.dialect(), vendor.name()));
            }
        }
        for (Message message : request.messages()) {
            addParts(message.content(), found);
        }
        return found.isEmpty() ? Set.of() : new LinkedHashSet<>(found);
    }

    private static void addParts(List<Content> parts, List<VendorPart> found) {
        for (Content part : parts) {
            if (part instanceof Content.Vendor vendor) {
                found.add(new VendorPart(vendor.dialect(), type(vendor)));
            } else if (part instanceof Content.ToolResult result) {
                addParts(result.content(), found);
            }
        }
    }

    private static String type(Content.Vendor part) {
        JsonNode type = part.json().get("type");
        return type != null && type.isString() ? type.stringValue() : "a part without a type";
    }
}
