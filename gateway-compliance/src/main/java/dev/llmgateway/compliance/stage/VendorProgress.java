package dev.llmgateway.compliance.stage;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Messages of Responses that tell how far a tool has come that the vendor runs itself, a search for example. They repeat no text
 * that the answer has told.
 */
final class VendorProgress {

    private static final String ITEM = "(?!function_call|custom_tool_call)(?:[a-z_]{1,40}_call|mcp_list_tools)";
    private static final Pattern VENDORS_ITEM = Pattern.compile(ITEM);
    private static final Pattern PROGRESS = Pattern.compile("response\\." + ITEM + "\\.[a-z_]{1,40}");

    private VendorProgress() {}

    static boolean isTold(JsonNode message) {
        String type = message.path("type").asString("");
        return type.equals("response.output_item.added")
                ? VENDORS_ITEM
                        .matcher(message.path("item").path("type").asString(""))
                        .matches()
                : PROGRESS.matcher(type).matches();
    }
}
