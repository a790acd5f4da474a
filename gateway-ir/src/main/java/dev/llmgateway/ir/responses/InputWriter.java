package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.RawArguments;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.SealedTokens;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.codec.UniqueCallIds;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.codec.VendorParts;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes the conversation of a request as the items of {@code input}. For one request. */
final class InputWriter {

    private final String provider;
    private final Losses losses;
    private final JsonWriter out;
    private final PartWriter parts;
    private final Namespaces namespaces;
    private final UnsealedReasoning unsealed;
    private final Set<String> freeTextTools;
    private final UniqueCallIds ids = new UniqueCallIds(ToolCallIds::forResponses);
    private final Set<String> freeTextCalls = new HashSet<>();
    private boolean written;

    InputWriter(ChatRequest request, Target target, Losses losses, JsonWriter out) {
        this.provider = target.provider();
        this.losses = losses;
        this.out = out;
        this.parts = new PartWriter(target.traits(), losses, out);
        this.unsealed = UnsealedReasoning.of(request, target);
        this.namespaces = new Namespaces(request.toolUse());
        this.freeTextTools = FreeTextCalls.toolNames(request.toolUse());
    }

    /** Writes the member {@code input}. */
    void write(List<Message> messages) {
        out.array("input");
        for (Message message : messages) {
            losses.addForeign(Losses.MESSAGE, message.extras());
            switch (message.role()) {
                case SYSTEM, DEVELOPER, USER -> plain(message);
                case ASSISTANT -> assistant(message.content());
                case TOOL -> message.content().forEach(this::result);
            }
        }
        out.endArray();
        if (!written && !messages.isEmpty()) {
            throw ResponsesMembers.nothingLeft(losses.caller());
        }
    }

    private JsonWriter item(String type) {
        written = true;
        return out.object().text("type", type);
    }

    private void plain(Message message) {
        List<Content> writable = parts.writable(message.content());
        if (writable.isEmpty() && !message.content().isEmpty()) {
            return;
        }
        item("message").text("role", role(message.role()));
        parts.content("content", writable);
        out.members(message.extras().of(OPENAI_RESPONSES)).endObject();
    }

    private static String role(Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case DEVELOPER -> "developer";
            case USER -> "user";
            case ASSISTANT, TOOL -> throw new IllegalStateException(role + " has items of its own");
        };
    }

    /** What was said is one item as long as it follows each other and came as one. */
    private void assistant(List<Content> content) {
        List<Content> said = new ArrayList<>();
        for (Content part : content) {
            boolean says = part instanceof Content.Text || part instanceof Content.Refusal;
            if (!says || !said.isEmpty() && !ofItem(said.getFirst()).equals(ofItem(part))) {
                message(said);
                said.clear();
            }
            switch (part) {
                case Content.Text text -> said.add(text);
                case Content.Refusal refusal -> said.add(refusal);
                case Content.Reasoning reasoning -> reasoning(reasoning);
                case Content.ToolCall call -> call(call);
                case Content.Vendor vendor -> vendor(vendor);
                case Content.Image ignored -> throw notSaid();
                case Content.Document ignored -> throw notSaid();
                case Content.Audio ignored -> throw notSaid();
                case Content.ToolResult ignored -> {}
                case Content.Numbers ignored -> {}
            }
        }
        message(said);
    }

    private static UntranslatableException notSaid() {
        return new UntranslatableException(
                "messages", "this model's provider takes images, files and sounds in user turns only");
    }

    /** The members of the item that a part of an answer belongs to. */
    private static Map<String, JsonNode> ofItem(Content part) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        part.extras().of(OPENAI_RESPONSES).forEach((name, value) -> {
            if (name.startsWith(ResponsesMembers.OF_MESSAGE)) {
                members.put(name.substring(ResponsesMembers.OF_MESSAGE.length()), value);
            }
        });
        return members;
    }

    private void message(List<Content> said) {
        List<Content> writable = said.stream()
                .filter(part ->
                        !(part instanceof Content.Text text) || !text.text().isEmpty() || losses.isOwnCaller())
                .toList();
        if (writable.isEmpty()) {
            return;
        }
        writable.forEach(part -> losses.ofPart(part, false));
        item("message").text("role", "assistant");
        parts.said(writable);
        out.members(ofItem(writable.getFirst())).endObject();
    }

    /** Without its seal, reasoning is of no use to the provider, which refuses what it cannot find again. */
    private void reasoning(Content.Reasoning reasoning) {
        OpaqueToken token = reasoning.token();
        boolean own = token != null
                && token.kind() == OpaqueToken.Kind.OPENAI_ENCRYPTED
                && SealedTokens.mayGoTo(token, provider);
        if (!own && !(losses.isOwnCaller() && token == null && !unsealed.isRefused(UnsealedReasoning.id(reasoning)))) {
            losses.addReasoning(reasoning);
            return;
        }
        losses.ofPart(reasoning, false);
        item("reasoning");
        ReasoningTexts.write(reasoning, out);
        if (token != null && own) {
            out.text("encrypted_content", token.value());
        }
        reasoning.extras().of(OPENAI_RESPONSES).forEach((name, value) -> {
            if (name.equals("id")) {
                out.text(name, UnsealedReasoning.plain(value.stringValue("")));
            } else if (!ReasoningTexts.owns(name)) {
                out.node(name, value);
            }
        });
        out.endObject();
    }

    private void call(Content.ToolCall call) {
        losses.ofPart(call, false);
        if (call.token() != null) {
            losses.add("thought_signature");
        }
        boolean marked = FreeTextCalls.isMarked(call);
        boolean freeText = marked || freeTextTools.contains(call.name());
        Namespaces.Place place = namespaces.of(call);
        item(freeText ? "custom_tool_call" : "function_call");
        String id = ids.ofCall(call.id());
        out.text("call_id", id);
        if (place != null) {
            out.text(Namespaces.MEMBER, place.namespace());
        }
        out.text("name", place == null ? call.name() : place.tool());
        if (freeText) {
            freeTextCalls.add(id);
            out.text("input", marked ? call.arguments() : RawArguments.unwrap(call.arguments()));
        } else {
            out.text("arguments", call.arguments().isEmpty() ? "{}" : call.arguments());
        }
        members(call.extras());
    }

    private void members(Extras extras) {
        extras.of(OPENAI_RESPONSES).forEach((name, value) -> {
            if (!name.equals(Namespaces.MEMBER)) {
                out.node(name, value);
            }
        });
        out.endObject();
    }

    private void vendor(Content.Vendor vendor) {
        if (vendor.dialect() == OPENAI_RESPONSES) {
            JsonNode opened = Seals.open(vendor.json(), provider);
            if (opened == null) {
                losses.add(Lost.SEALED_REASONING);
            } else {
                written = true;
                out.node(opened);
            }
        } else {
            losses.add(Losses.PART + vendor.json().path("type").asString("part"));
        }
    }

    private void result(Content part) {
        if (!(part instanceof Content.ToolResult result)) {
            return;
        }
        List<Content> output = output(result);
        boolean keepsMark =
                parts.keepsMark(result.extras()) && !output.isEmpty() && output.getLast() instanceof Content.Text;
        losses.ofPart(result, keepsMark);
        String id = ids.ofResult(result.callId());
        item(freeTextCalls.contains(id) ? "custom_tool_call_output" : "function_call_output");
        out.text("call_id", id);
        parts.content("output", keepsMark ? marked(output, result.extras().cacheMark()) : output);
        members(result.extras());
    }

    /** The mark of a result is one of its last text: an output has none. */
    private static List<Content> marked(List<Content> output, @Nullable CacheMark mark) {
        List<Content> marked = new ArrayList<>(output);
        Content.Text last = (Content.Text) marked.removeLast();
        marked.add(new Content.Text(last.text(), last.extras().withCacheMark(mark)));
        return marked;
    }

    /** The format has no member that says that a tool failed: its text does. */
    private List<Content> output(Content.ToolResult result) {
        List<Content> content = parts.writable(VendorParts.asTexts(result.content(), OPENAI_RESPONSES));
        if (!result.isError()) {
            return content;
        }
        if (content.stream().allMatch(Content.Text.class::isInstance)) {
            String text = content.stream().map(it -> ((Content.Text) it).text()).collect(Collectors.joining("\n"));
            return List.of(new Content.Text(text.isEmpty() ? "Error" : "Error: " + text));
        }
        List<Content> marked = new ArrayList<>(content);
        marked.addFirst(new Content.Text("Error:"));
        return marked;
    }
}
