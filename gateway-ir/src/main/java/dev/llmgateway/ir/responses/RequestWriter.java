package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;
import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.codec.AnthropicMembers;
import dev.llmgateway.ir.codec.ClaudeCode;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.EndUserId;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.MediaUrls;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.OpenAiMembers;
import dev.llmgateway.ir.codec.OpenAiSchemas;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.ThinkingOfChat;
import dev.llmgateway.ir.codec.VendorParts;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Writes a whole request from its canonical form. */
final class RequestWriter {

    /** Members that are written with something of the canonical form. */
    private static final Set<String> MERGED = Set.of("include", "store", "safety_identifier", "user", "tool_choice");

    private static final String ENCRYPTED = "reasoning.encrypted_content";
    /** What asks in {@code include} for the probabilities of tokens. */
    static final String LOGPROBS = "message.output_text.logprobs";
    /** How many of the other tokens are told that might have come. */
    static final String TOP_LOGPROBS = "top_logprobs";

    private final ChatRequest request;
    private final Target target;
    private final ModelTraits traits;
    private final TargetSettings settings;
    private final Losses losses;
    private final JsonWriter out;
    /** The members of the request that are OpenAI's, by their names in Responses. */
    private final Map<String, JsonNode> own;

    RequestWriter(ChatRequest request, Target target, TargetSettings settings, Losses losses) {
        this.request = request;
        this.target = target;
        this.traits = target.traits();
        this.settings = settings;
        this.losses = losses;
        this.out = JsonWriter.insteadOf(request.wire());
        this.own = own();
    }

    byte[] write() {
        refuseIndispensable();
        losses.addMark(Lost.CACHE_MARK, "", request.extras());
        out.object().text("model", target.model());
        input();
        out.optional("max_output_tokens", settings.maxOutputTokens());
        new ToolsWriter(request, traits, losses, out).write(settings.toolChoice(), own.get("tool_choice"));
        out.optional("temperature", settings.temperature()).optional("top_p", settings.topP());
        reasoning();
        text();
        endUser();
        storage();
        own.forEach((name, value) -> {
            if (!MERGED.contains(name) && name.indexOf('.') < 0) {
                out.node(name, value);
            }
        });
        if (request.stream()) {
            out.bool("stream", true);
        }
        return out.endObject().toBytes();
    }

    private void refuseIndispensable() {
        VendorParts.requireNone(request, OPENAI_RESPONSES);
        MediaUrls.requireOfTheWeb(request, OPENAI_RESPONSES);
        AnthropicMembers.requireNone(request);
        AnthropicMembers.namePrefill(request, losses);
    }

    private Map<String, JsonNode> own() {
        Map<String, JsonNode> members = new LinkedHashMap<>(request.extras().of(OPENAI_RESPONSES));
        request.extras().of(OPENAI_CHAT).forEach((name, value) -> {
            String here = OpenAiMembers.inResponses(name);
            if (here != null) {
                members.putIfAbsent(here, value);
            } else if (!name.equals(ThinkingOfChat.MEMBER)) {
                losses.addForeign("", Extras.of(OPENAI_CHAT, Map.of(name, value)));
            }
        });
        losses.addForeign("", Extras.of(ANTHROPIC_MESSAGES, request.extras().of(ANTHROPIC_MESSAGES)));
        if (!settings.samples() && members.remove(TOP_LOGPROBS) != null) {
            losses.add(TOP_LOGPROBS);
        }
        if (traits.refuses("verbosity") && members.remove("text.verbosity") != null) {
            losses.add("verbosity");
        }
        return members;
    }

    private void input() {
        List<Message> messages = new ArrayList<>(
                losses.isOwnCaller() ? request.messages() : ClaudeCode.withoutAttribution(request.messages()));
        if (settings.schemaAsText() && request.outputFormat() instanceof OutputFormat.JsonSchema schema) {
            messages.addFirst(Message.system(inWords(schema)));
        }
        // There must be an input: those of another caller who says nothing else are told in it.
        boolean isMore = messages.size() > 1 || losses.isOwnCaller();
        if (isMore && !messages.isEmpty() && isInstructions(messages.getFirst())) {
            Content.Text text = (Content.Text) messages.removeFirst().content().getFirst();
            out.text("instructions", text.text());
        }
        boolean isAllInThePrompt = messages.isEmpty() && own.containsKey("prompt");
        if (!isAllInThePrompt) {
            new InputWriter(request, target, losses, out).write(messages);
        }
    }

    /** Whether a message says no more than the member {@code instructions} can. */
    static boolean isInstructions(Message message) {
        return message.role() == Role.SYSTEM
                && message.extras().isEmpty()
                && message.content().size() == 1
                && message.content().getFirst() instanceof Content.Text text
                && text.extras().isEmpty();
    }

    private static String inWords(OutputFormat.JsonSchema schema) {
        String description = schema.description() == null ? "" : schema.description() + "\n";
        return "Answer with one JSON object that satisfies this JSON Schema, and with nothing else:\n" + description
                + Json.writeString(schema.schema());
    }

    private void reasoning() {
        boolean asked = settings.effort() != null || settings.summary() != null || has("reasoning.");
        if (!asked) {
            return;
        }
        out.object("reasoning");
        if (settings.effort() != null) {
            out.text("effort", Efforts.wireName(settings.effort()));
        }
        if (!own.containsKey("reasoning.summary")) {
            out.optional("summary", settings.summary());
        }
        members("reasoning.", settings.effort() == null ? "" : "reasoning.effort");
        out.endObject();
    }

    private void text() {
        OutputFormat format = settings.schemaAsText() ? new OutputFormat.JsonObject() : request.outputFormat();
        boolean formatted = !(format instanceof OutputFormat.FreeText) || has("text.format.");
        if (!formatted && !has("text.")) {
            return;
        }
        out.object("text");
        if (formatted) {
            out.object("format");
            format(format);
            members("text.format.", "");
            out.endObject();
        }
        own.forEach((name, value) -> {
            if (name.startsWith("text.") && !name.startsWith("text.format.")) {
                out.node(name.substring("text.".length()), value);
            }
        });
        out.endObject();
    }

    private void format(OutputFormat format) {
        switch (format) {
            case OutputFormat.FreeText ignored -> out.text("type", "text");
            case OutputFormat.JsonObject ignored -> out.text("type", "json_object");
            case OutputFormat.JsonSchema schema -> {
                out.text("type", "json_schema").text("name", schema.name() == null ? "response" : schema.name());
                out.optional("description", schema.description());
                out.node("schema", schema.schema()).optional("strict", OpenAiSchemas.strict(schema, traits, losses));
            }
        }
    }

    private boolean has(String prefix) {
        return own.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    private void members(String prefix, String except) {
        own.forEach((name, value) -> {
            if (name.startsWith(prefix) && !name.equals(except)) {
                out.node(name.substring(prefix.length()), value);
            }
        });
    }

    private void endUser() {
        String endUser = request.endUser();
        if (endUser != null) {
            boolean newer = own.containsKey("safety_identifier") && traits.acceptsOpenAiExtras();
            out.text(newer ? "safety_identifier" : "user", EndUserId.forOpenAi(endUser));
            if (newer) {
                out.optional("user", own.get("user"));
            }
        }
    }

    /**
     * The format stores answers unless told otherwise, the others do not. What the model thought then has to come sealed, to be
     * sent back: models that do not reason refuse to be asked for that.
     */
    private void storage() {
        JsonNode store = own.get("store");
        if (store != null) {
            out.node("store", store);
        } else if (!losses.isOwnCaller()) {
            out.bool("store", false);
        }
        Set<String> include = new LinkedHashSet<>();
        own.getOrDefault("include", Json.mapper().createArrayNode())
                .values()
                .forEach(name -> include.add(name.asString("")));
        if (!losses.isOwnCaller() && !traits.efforts().isEmpty()) {
            include.add(ENCRYPTED);
        }
        JsonNode logprobs = request.extras().member(OPENAI_CHAT, "logprobs");
        if (logprobs != null && logprobs.booleanValue(false)) {
            include.add(LOGPROBS);
        }
        if (!settings.samples() && include.remove(LOGPROBS)) {
            losses.add("logprobs");
        }
        if (!include.isEmpty()) {
            out.array("include");
            include.forEach(out::text);
            out.endArray();
        }
    }
}
