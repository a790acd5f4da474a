package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.codec.CallerTools;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.MediaUrls;
import dev.llmgateway.ir.codec.MixedMessages;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.SchemaReferences;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.ThinkingOfChat;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.codec.VendorParts;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonDocument;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a Messages request for one target. For one request. */
final class RequestEncoder {

    /**
     * The version sent to providers, whatever the client sent: it takes all that 2026-10-21 takes, and also sampling
     * parameters, documents in assistant turns and citations in user turns, which the newer one refuses. Both answer alike.
     */
    static final Map<String, String> HEADERS = Map.of("anthropic-version", "2023-06-01");

    private static final Map<String, String> BINDING_HEADERS = Map.of(
            "anthropic-version",
            HEADERS.get("anthropic-version"),
            "anthropic-beta",
            "thinking-binding-controls-2026-08-01");

    private static final Set<String> MERGED = Set.of("thinking", "output_config", "metadata", "tool_choice");
    private static final String BLOCK_BINDING = "block_binding";
    private static final String JSON_ONLY =
            "Answer with one JSON object and nothing else: no text around it, no Markdown fences.";

    private final ChatRequest request;
    private final Target target;
    private final ModelTraits traits;
    private final Losses losses;
    private final JsonWriter out;

    private RequestEncoder(ChatRequest request, Target target) {
        this.request = request;
        this.target = target;
        this.traits = fitting(target.traits(), request);
        this.losses = new Losses(request.dialect(), Dialect.ANTHROPIC_MESSAGES);
        this.out = JsonWriter.insteadOf(request.wire());
    }

    static EncodedRequest encode(ChatRequest request, Target target) {
        JsonDocument wire = request.wire();
        boolean isOwn = request.dialect() == Dialect.ANTHROPIC_MESSAGES;
        if (wire != null && isOwn && !Seals.anyIsRefused(request.messages(), target)) {
            return new EncodedRequest(splice(wire, request, target), HEADERS, List.of());
        }
        return new RequestEncoder(MixedMessages.apart(request), target).encode();
    }

    private static byte[] splice(JsonDocument wire, ChatRequest request, Target target) {
        JsonDocument.Edit edit = wire.edit().set("model", target.model());
        if (request.stream() || wire.has("stream")) {
            edit.set("stream", request.stream());
        }
        if (Seals.areIn(request.messages())) {
            edit.set("messages", Seals.opened(wire.value("messages")));
        }
        return edit.toBytes();
    }

    private EncodedRequest encode() {
        if (request.choiceCount() > 1) {
            throw new UntranslatableException(
                    "n",
                    "Anthropic's models give one answer per request, " + request.choiceCount() + " were asked for");
        }
        ResponsesMembers.requireReadable(request);
        if (request.extras().member(Dialect.OPENAI_RESPONSES, "prompt") != null) {
            throw new UntranslatableException("prompt", "a stored prompt can only be read by OpenAI: send its text");
        }
        VendorParts.requireNone(request, Dialect.ANTHROPIC_MESSAGES);
        MediaUrls.requireOfTheWeb(request, Dialect.ANTHROPIC_MESSAGES);
        ToolsPlan tools = ToolsPlan.of(request, traits, losses);
        ReasoningPlan reasoning = ReasoningPlan.of(request, target, tools.forces(), losses);
        TurnPlanner planner = new TurnPlanner(target, takesPrefill(reasoning), losses);
        planner.plan(request.messages());
        addInstructions(planner.system(), tools);

        out.object().text("model", target.model()).number("max_tokens", reasoning.maxTokens());
        if (request.stream()) {
            out.bool("stream", true);
        }
        RequestBlockWriter blocks = new RequestBlockWriter(
                out, new MediaWriter(traits), FreeTextCalls.toolNames(request.toolUse()), surplusMarks(tools, planner));
        new ToolsWriter(out, blocks).write(tools, own("tool_choice"));
        system(planner.system(), blocks);
        turns(planner.turns(), blocks);
        sampling(reasoning);
        boolean dropsBound = dropsBound(reasoning, planner);
        thinking(reasoning, dropsBound);
        outputConfig(reasoning);
        nameSchema();
        metadata();
        extras(reasoning);
        Map<String, String> headers = dropsBound ? BINDING_HEADERS : HEADERS;
        return new EncodedRequest(out.endObject().toBytes(), headers, losses.names(request));
    }

    /** No model is held to a schema that refers to itself, nor to one of any properties: it is told of it in words. */
    private static ModelTraits fitting(ModelTraits traits, ChatRequest request) {
        if (traits.jsonSchema() != ModelTraits.JsonSchemaMode.NATIVE) {
            return traits;
        }
        boolean isRefused = request.outputFormat() instanceof OutputFormat.JsonSchema schema
                && schema.schema() instanceof ObjectNode object
                && (SchemaReferences.areRecursive(object) || !SchemaAdapter.canClose(object));
        return isRefused && request.dialect() != Dialect.ANTHROPIC_MESSAGES
                ? traits.toBuilder().jsonSchema(ModelTraits.JsonSchemaMode.NONE).build()
                : traits;
    }

    /** Models that take one do not while they think, nor while their answer is held to a schema. */
    private boolean takesPrefill(ReasoningPlan reasoning) {
        return traits.acceptsPrefill() && !reasoning.thinks() && !hasNativeSchema();
    }

    private boolean hasNativeSchema() {
        return request.outputFormat() instanceof OutputFormat.JsonSchema
                && traits.jsonSchema() == ModelTraits.JsonSchemaMode.NATIVE;
    }

    private void nameSchema() {
        if (request.outputFormat() instanceof OutputFormat.JsonObject) {
            losses.add(Lost.JSON);
        }
        if (!(request.outputFormat() instanceof OutputFormat.JsonSchema schema)) {
            return;
        }
        if (traits.jsonSchema() == ModelTraits.JsonSchemaMode.NONE) {
            losses.add(Lost.SCHEMA);
        }
        if (schema.description() != null) {
            losses.add(Lost.SCHEMA_DESCRIPTION);
        }
    }

    private void addInstructions(List<Content> system, ToolsPlan tools) {
        String text = jsonInstruction();
        if (text != null) {
            system.add(new Content.Text(text));
        }
        if (tools.instruction() != null) {
            system.add(new Content.Text(tools.instruction()));
        }
    }

    private @Nullable String jsonInstruction() {
        return switch (request.outputFormat()) {
            case OutputFormat.FreeText ignored -> null;
            case OutputFormat.JsonObject ignored -> JSON_ONLY;
            case OutputFormat.JsonSchema schema ->
                traits.jsonSchema() == ModelTraits.JsonSchemaMode.NONE
                        ? JSON_ONLY + " It satisfies this JSON Schema: " + Json.writeString(schema.schema())
                        : null;
        };
    }

    /** Anthropic takes four cache marks; the last ones save most, so the first ones go: of the tools, then of the system. */
    private int surplusMarks(ToolsPlan tools, TurnPlanner planner) {
        SurplusMarks marks = new SurplusMarks(losses.caller());
        tools.tools()
                .forEach(tool -> marks.add(
                        CallerTools.position(
                                        request.toolUse().tools(),
                                        Math.max(0, request.toolUse().tools().indexOf(tool)))
                                + ".",
                        tool));
        planner.system().forEach(marks::add);
        planner.turns().forEach(turn -> turn.content().forEach(marks::add));
        return marks.name(losses);
    }

    private void system(List<Content> parts, BlockWriter blocks) {
        if (!parts.isEmpty()) {
            content("system", parts, blocks);
        }
    }

    private void turns(List<Turn> turns, BlockWriter blocks) {
        out.array("messages");
        for (Turn turn : turns) {
            out.object().text("role", turn.role());
            content("content", turn.content(), blocks);
            blocks.extras(turn.extras());
            out.endObject();
        }
        out.endArray();
    }

    private void content(String name, List<Content> parts, BlockWriter blocks) {
        if (parts.size() == 1
                && parts.getFirst() instanceof Content.Text text
                && text.extras().isEmpty()) {
            out.text(name, text.text());
            return;
        }
        out.array(name);
        parts.forEach(blocks::write);
        out.endArray();
    }

    private void sampling(ReasoningPlan reasoning) {
        Sampling sampling = SamplingPlan.of(request.sampling(), traits, reasoning.thinks(), losses);
        out.optional("temperature", sampling.temperature())
                .optional("top_p", sampling.topP())
                .optional("top_k", sampling.topK());
        if (!sampling.stop().isEmpty()) {
            out.array("stop_sequences");
            sampling.stop().forEach(out::text);
            out.endArray();
        }
    }

    /**
     * Whether the model is told to leave thinking out that it would refuse. What is written here differs from turn to turn in more
     * than what the caller has added: words that force a tool, say, stand in one turn only. Nothing is said where thinking comes
     * back not at all, nor to one who has said it himself.
     */
    private boolean dropsBound(ReasoningPlan reasoning, TurnPlanner planner) {
        JsonNode own = own("thinking");
        return traits.bindsThinking()
                && reasoning.mayBind()
                && (own("thinking") == null || !own("thinking").has("type"))
                && (own == null || !own.has(BLOCK_BINDING))
                && planner.turns().stream()
                        .flatMap(turn -> turn.content().stream())
                        .anyMatch(Content.Reasoning.class::isInstance);
    }

    private void thinking(ReasoningPlan reasoning, boolean dropsBound) {
        JsonNode leftOver = own("thinking");
        if (reasoning.type() == null && leftOver == null && !dropsBound) {
            return;
        }
        out.object("thinking");
        if (reasoning.type() != null) {
            out.text("type", reasoning.type())
                    .optional("budget_tokens", reasoning.budget())
                    .optional("display", reasoning.display());
        }
        if (dropsBound) {
            if (reasoning.type() == null) {
                // What such a model does when nothing is said of it.
                out.text("type", ReasoningPlan.ADAPTIVE);
            }
            out.object(BLOCK_BINDING)
                    .text("prefix_mismatch_behavior", "drop_block")
                    .endObject();
        }
        endWith(leftOver);
    }

    private void outputConfig(ReasoningPlan reasoning) {
        ObjectNode leftOver = own("output_config") instanceof ObjectNode own ? own.deepCopy() : null;
        JsonNode formatMembers = leftOver != null && request.outputFormat() instanceof OutputFormat.JsonSchema
                ? leftOver.remove("format")
                : null;
        boolean nativeSchema = hasNativeSchema();
        if (reasoning.effort() == null && !nativeSchema && (leftOver == null || leftOver.isEmpty())) {
            return;
        }
        out.object("output_config");
        if (reasoning.effort() != null) {
            out.text("effort", Efforts.wireName(reasoning.effort()));
        }
        if (nativeSchema && request.outputFormat() instanceof OutputFormat.JsonSchema schema) {
            SchemaAdapter adapter = new SchemaAdapter();
            out.object("format").text("type", "json_schema");
            out.node("schema", adapter.adapt(schema.schema()));
            endWith(formatMembers);
            adapter.dropped().forEach(keyword -> losses.add(Lost.SCHEMA_KEYWORD, keyword));
        }
        endWith(leftOver);
    }

    private void metadata() {
        JsonNode leftOver = own("metadata");
        if (request.endUser() != null || leftOver != null) {
            out.object("metadata").optional("user_id", request.endUser());
            endWith(leftOver);
        }
    }

    private void endWith(@Nullable JsonNode leftOver) {
        if (leftOver != null) {
            leftOver.properties().forEach(member -> out.node(member.getKey(), member.getValue()));
        }
        out.endObject();
    }

    private void extras(ReasoningPlan reasoning) {
        Extras extras = request.extras();
        Extras unsaid = reasoning.showsThoughts() ? extras.without(ResponsesMembers.SUMMARY) : extras;
        losses.addForeign("", unsaid.without(ThinkingOfChat.MEMBER));
        ThinkingOfChat.nameUnread(request, losses);
        extras.of(Dialect.ANTHROPIC_MESSAGES).forEach((name, value) -> {
            if (!MERGED.contains(name)) {
                out.node(name, value);
            }
        });
    }

    private @Nullable JsonNode own(String name) {
        return request.extras().member(Dialect.ANTHROPIC_MESSAGES, name);
    }
}
