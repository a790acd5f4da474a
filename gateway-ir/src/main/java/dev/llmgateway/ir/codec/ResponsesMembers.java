package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.json.JsonDocument;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the codecs of other dialects must know about members and items of OpenAI's Responses that they cannot carry. */
public final class ResponsesMembers {

    /**
     * Remembers, among the extras of an answer's end, which member of a reasoning was not shown beside the other. No client is shown
     * it.
     */
    public static final String UNSHOWN_REASONING = "reasoning.unshown";

    /** The member that asks to be shown the reasoning. */
    public static final String SUMMARY = "reasoning.summary";

    /** What the names of a text's extras begin with that belong to the message around it. */
    public static final String OF_MESSAGE = "message.";

    /** Members that only say how Responses spells something, or whose value travels in another place. */
    private static final Set<String> SPELLING = Set.of(
            "id",
            "status",
            OF_MESSAGE + "id",
            OF_MESSAGE + "status",
            "summary",
            "content",
            "stream_options",
            "safety_identifier",
            "prompt_cache_breakpoint");

    /** Items that stand for a part of the conversation which only OpenAI can read. */
    private static final Set<String> UNREADABLE = Set.of("compaction", "compaction_summary");
    /** An item that stands for one of an earlier answer, by its id. */
    private static final String REFERENCE = "item_reference";

    private static final int LONGEST_SHOWN_ID = 64;

    /** The item that asks for the conversation's compaction instead of an answer. */
    private static final String COMPACTION_TRIGGER = "compaction_trigger";

    /** What Chat Completions and Responses call differently. */
    private static final Map<String, String> NAMES = Map.of(
            "reasoning_effort", "reasoning.effort",
            "response_format.json_schema", "text.format",
            "response_format.type", "text.format.type",
            "max_completion_tokens", "max_output_tokens",
            "verbosity", "text.verbosity",
            "logprobs", "include",
            "messages[].content[].image_url.detail", "input[].content[].detail",
            "messages[].reasoning_content", "input[].summary",
            "messages[].reasoning_details", "input[].encrypted_content");

    private ResponsesMembers() {}

    /** Whether another dialect loses nothing without this member. */
    public static boolean isSpelling(String name, JsonNode value) {
        boolean namespace = name.equals("namespace") && !value.has("description");
        return namespace || SPELLING.contains(name);
    }

    /**
     * Refuses items whose loss would change what is asked.
     *
     * @throws UntranslatableException when one asks for what only OpenAI can do, or stands for what only OpenAI can read
     */
    public static void requireReadable(ChatRequest request) {
        for (Message message : request.messages()) {
            for (Content part : message.content()) {
                if (part instanceof Content.Vendor vendor && vendor.dialect() == Dialect.OPENAI_RESPONSES) {
                    requireReadable(vendor.json(), request);
                }
            }
        }
    }

    /** Whether an item of a request only names one of an earlier answer; it need not say so. */
    public static boolean isReference(JsonNode item) {
        if (item.hasNonNull("type")) {
            return item.path("type").stringValue("").equals(REFERENCE);
        }
        return item.path("id").isString() && item.size() == (item.has("type") ? 2 : 1);
    }

    private static void requireReadable(JsonNode item, ChatRequest request) {
        String type = item.path("type").stringValue("");
        if (isReference(item)) {
            throw unknownReference(item, request);
        }
        if (type.equals(COMPACTION_TRIGGER)) {
            throw new UntranslatableException(
                    place(item, request),
                    "an item of the type \"" + type + "\" asks OpenAI to compact the conversation, which this model's"
                            + " provider cannot: let the client compact it (Codex does that with a provider of its own)");
        }
        if (UNREADABLE.contains(type)) {
            throw new UntranslatableException(
                    place(item, request),
                    "an item of the type \"" + type
                            + "\" can only be read by OpenAI's Responses API: send what it stands for");
        }
    }

    private static UntranslatableException unknownReference(JsonNode item, ChatRequest request) {
        String id = item.path("id").stringValue("");
        if (id.isEmpty()) {
            return new UntranslatableException(
                    place(item, request),
                    "an item_reference needs an \"id\", a string: that of an item of an earlier answer");
        }
        String shown = id.length() <= LONGEST_SHOWN_ID ? id : id.substring(0, LONGEST_SHOWN_ID) + "...";
        return new UntranslatableException(
                place(item, request),
                "the item \"" + shown
                        + "\" that this item_reference names is not known here: items of answers are kept for"
                        + " a limited time, if at all ([kept_items] of the gateway's settings), and those to a request"
                        + " with \"store\": false are not. Send the item itself; Vercel's AI SDK does so with providerOptions:"
                        + " { openai: { store: false } }");
    }

    /** Where the item stands, as far as the caller's bytes can still tell. */
    private static String place(JsonNode item, ChatRequest request) {
        JsonDocument wire = request.wire();
        if (wire != null) {
            JsonNode input = wire.value("input");
            for (int i = 0; i < input.size(); i++) {
                if (item.equals(input.get(i))) {
                    return "input[" + i + "]";
                }
            }
        }
        return "input";
    }

    /**
     * What a conversation is refused with of which the provider can take nothing.
     *
     * @param caller null for a request built in code
     */
    public static UntranslatableException nothingLeft(@Nullable Dialect caller) {
        return new UntranslatableException(
                caller == Dialect.OPENAI_RESPONSES ? "input" : "messages",
                "there is nothing in the conversation that this model's provider can read");
    }

    /**
     * The start of the names of a part's members in Chat Completions' words, where calls have a list of their own and a result is a
     * message; most of a Responses caller's parts are items.
     */
    public static String prefix(Content part, @Nullable Dialect caller) {
        boolean isCall = part instanceof Content.ToolCall;
        boolean isResult = part instanceof Content.ToolResult;
        if (caller == Dialect.ANTHROPIC_MESSAGES) {
            return Losses.PART;
        }
        if (caller == Dialect.OPENAI_RESPONSES) {
            return isCall || isResult || part instanceof Content.Reasoning ? Losses.MESSAGE : Losses.PART;
        }
        return isCall ? Losses.CALL : isResult ? Losses.MESSAGE : Losses.PART;
    }

    /** The name of an item that another dialect does not have. */
    public static String itemName(Content.Vendor item) {
        return Losses.MESSAGE + item.json().path("type").asString("part");
    }

    /** The name of a part of an item that another dialect does not have. */
    public static String partName(Content.Vendor part) {
        return Losses.PART + part.json().path("type").asString("part");
    }

    /**
     * Refuses a tool that its own vendor runs and that must be called.
     *
     * @throws UntranslatableException when the choice names it
     */
    public static void requireNotForced(Tool.Vendor tool, ToolUse use) {
        ToolChoice choice = use.choice();
        boolean forced = choice != null
                && choice.mode() == ToolChoice.Mode.NAMED
                && choice.names().contains(tool.name());
        if (forced) {
            throw new UntranslatableException(
                    "tool_choice",
                    "the tool \"" + tool.name()
                            + "\" is run by its own vendor; this model's provider does not have it");
        }
    }

    /** What a caller of Responses calls a member that is named in Chat Completions' words. */
    public static String nameOf(String chatName) {
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            if (chatName.equals(name.getKey()) || chatName.startsWith(name.getKey() + ".")) {
                return name.getValue() + chatName.substring(name.getKey().length());
            }
        }
        if (chatName.endsWith("].namespace")) {
            // Each tool of a namespace is one of ours; the caller knows them as one.
            return "tools[].namespace";
        }
        return chatName.equals("messages")
                ? "input"
                : chatName.replace(Losses.PART + OF_MESSAGE, "input[].").replace("messages[]", "input[]");
    }
}
