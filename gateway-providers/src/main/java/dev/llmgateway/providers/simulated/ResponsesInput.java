package dev.llmgateway.providers.simulated;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the {@code input} of OpenAI's Responses as strictly as OpenAI does. For one request. */
final class ResponsesInput {
    private static final int CHARS_PER_TOKEN = 4;
    private static final int TOKENS_PER_ITEM = 3;
    private static final int TOKENS_PER_IMAGE = 85;

    /** Kinds of items that are accepted as they are. */
    private static final Set<String> PASSED_OVER = Set.of(
            "additional_tools",
            "apply_patch_call",
            "apply_patch_call_output",
            "code_interpreter_call",
            "compaction",
            "computer_call",
            "computer_call_output",
            "file_search_call",
            "image_generation_call",
            "local_shell_call",
            "local_shell_call_output",
            "mcp_approval_request",
            "mcp_approval_response",
            "mcp_call",
            "mcp_list_tools",
            "shell_call",
            "shell_call_output",
            "tool_search_call",
            "tool_search_output",
            "web_search_call");

    private final List<JsonNode> items;
    private final Seal seal;
    private final boolean isStored;
    private final Set<String> calls = new LinkedHashSet<>();
    private final Set<String> unanswered = new LinkedHashSet<>();
    private long chars;
    private int images;

    private ResponsesInput(JsonNode body, Seal seal) {
        this.items = List.copyOf(body.path("input").values());
        this.seal = seal;
        this.isStored = body.path("store").asBoolean(true);
        this.chars = body.path("instructions").asString("").length();
    }

    static Prompt.Input read(JsonNode body, Seal seal) {
        JsonNode input = body.path("input");
        if (input.isString() && !input.stringValue().isEmpty()) {
            String text = input.stringValue();
            int length = text.length() + body.path("instructions").asString("").length();
            return new Prompt.Input(text, List.of(), 0, TOKENS_PER_ITEM + length / CHARS_PER_TOKEN);
        }
        if (input.isEmpty() || !input.isArray()) {
            throw ResponsesPrompts.missing("input");
        }
        return new ResponsesInput(body, seal).read();
    }

    private Prompt.Input read() {
        for (int i = 0; i < items.size(); i++) {
            check(items.get(i), "input[" + i + "]", i);
        }
        if (!unanswered.isEmpty()) {
            String id = unanswered.iterator().next();
            throw new BadPrompt(400, "No tool output found for function call " + id + ".", null, "input");
        }
        long tokens =
                chars / CHARS_PER_TOKEN + (long) items.size() * TOKENS_PER_ITEM + (long) images * TOKENS_PER_IMAGE;
        return end((int) Math.clamp(tokens, 1, Integer.MAX_VALUE));
    }

    /** What the conversation ends with. */
    private Prompt.Input end(int tokens) {
        List<String> results = new ArrayList<>();
        int last = items.size() - 1;
        while (last >= 0 && type(items.get(last)).endsWith("call_output")) {
            JsonNode output = items.get(last--).path("output");
            results.addFirst(Prompts.text(output));
        }
        if (!results.isEmpty()) {
            return new Prompt.Input("", results, 0, tokens);
        }
        for (JsonNode item : items.reversed()) {
            if (item.path("role").asString("").equals("user")) {
                JsonNode content = item.path("content");
                return new Prompt.Input(
                        Prompts.text(content), List.of(), Prompts.count(content, "input_image"), tokens);
            }
        }
        return new Prompt.Input("", List.of(), 0, tokens);
    }

    private static String type(JsonNode item) {
        return item.path("type").asString(item.has("role") ? "message" : "");
    }

    private void check(JsonNode item, String place, int index) {
        String type = type(item);
        switch (type) {
            case "message" -> message(item, place);
            case "reasoning" -> reasoning(item, place, index);
            case "function_call" -> call(item, place, "fc", "arguments");
            case "custom_tool_call" -> call(item, place, "ctc", "input");
            case "function_call_output", "custom_tool_call_output" -> output(item, place);
            case "item_reference" -> throw notFound(item);
            default -> {
                if (!PASSED_OVER.contains(type)) {
                    throw ResponsesPrompts.invalidValue(place + ".type", type);
                }
            }
        }
    }

    private void message(JsonNode item, String place) {
        String role = item.path("role").asString("");
        boolean isAnswer = role.equals("assistant");
        if (!isAnswer && !Set.of("user", "system", "developer").contains(role)) {
            throw ResponsesPrompts.invalidValue(place + ".role", role);
        }
        requireIdOf("msg", item, place);
        JsonNode content = item.path("content");
        Set<String> types = isAnswer
                ? Set.of("output_text", "refusal")
                : Set.of("input_text", "input_image", "input_file", "input_audio");
        int part = 0;
        for (JsonNode each : content.values()) {
            String type = each.path("type").asString("");
            if (!types.contains(type)) {
                throw ResponsesPrompts.invalidValue(place + ".content[" + part + "].type", type);
            }
            part++;
        }
        chars += Prompts.text(content).length();
        images += Prompts.count(content, "input_image");
    }

    private void reasoning(JsonNode item, String place, int index) {
        requireIdOf("rs", item, place);
        if (!item.path("summary").isArray()) {
            throw ResponsesPrompts.missing(place + ".summary");
        }
        String sealed = item.path("encrypted_content").asString("");
        if (sealed.isEmpty() && !(isStored && item.path("id").asString("").startsWith("rs_sim"))) {
            throw notFound(item);
        }
        if (!sealed.isEmpty() && !seal.isOwn(sealed)) {
            throw new BadPrompt(
                    400,
                    "The encrypted content for item " + item.path("id").asString("") + " could not be verified. Reason:"
                            + " Encrypted content could not be decrypted or parsed.",
                    "invalid_encrypted_content",
                    null);
        }
        String next = index + 1 < items.size() ? type(items.get(index + 1)) : "";
        boolean isFollowed = Set.of("reasoning", "function_call", "custom_tool_call")
                        .contains(next)
                || next.endsWith("_call")
                || next.equals("message")
                        && items.get(index + 1).path("role").asString("").equals("assistant");
        if (!isFollowed) {
            throw new BadPrompt(
                    400,
                    "Item '" + item.path("id").asString("") + "' of type 'reasoning' was provided without its required"
                            + " following item.",
                    null,
                    "input");
        }
    }

    private void call(JsonNode item, String place, String prefix, String arguments) {
        requireIdOf(prefix, item, place);
        for (String member : List.of("call_id", "name", arguments)) {
            if (!item.path(member).isString()) {
                throw ResponsesPrompts.missing(place + "." + member);
            }
        }
        String id = callId(item, place);
        if (!calls.add(id)) {
            throw new BadPrompt(400, "Duplicate function call with call_id " + id + ".", null, "input");
        }
        unanswered.add(id);
        chars += item.path(arguments).asString("").length();
    }

    private void output(JsonNode item, String place) {
        if (!item.has("output")) {
            throw ResponsesPrompts.missing(place + ".output");
        }
        String id = callId(item, place);
        if (!calls.contains(id)) {
            throw new BadPrompt(
                    400, "No tool call found for function call output with call_id " + id + ".", null, "input");
        }
        unanswered.remove(id);
        chars += Prompts.text(item.path("output")).length();
    }

    private static String callId(JsonNode item, String place) {
        String id = item.path("call_id").asString("");
        if (id.isEmpty()) {
            throw ResponsesPrompts.missing(place + ".call_id");
        }
        CallIds.requireShort(id, place + ".call_id");
        return id;
    }

    private static void requireIdOf(String prefix, JsonNode item, String place) {
        String id = item.path("id").asString(prefix);
        if (!id.startsWith(prefix)) {
            throw new BadPrompt(
                    400,
                    "Invalid '" + place + ".id': '" + id + "'. Expected an ID that begins with '" + prefix + "'.",
                    "invalid_value",
                    place + ".id");
        }
    }

    private static BadPrompt notFound(JsonNode item) {
        return new BadPrompt(
                404,
                "Item with id '" + item.path("id").asString("") + "' not found. Items are not persisted when `store` is"
                        + " set to false. Try again with `store` set to true, or remove this item from your input.",
                null,
                "input");
    }
}
