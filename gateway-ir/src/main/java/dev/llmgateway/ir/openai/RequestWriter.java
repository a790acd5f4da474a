package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;
import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.codec.AnthropicMembers;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.EndUserId;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.MediaUrls;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.MaxTokensField;
import dev.llmgateway.ir.codec.OpenAiSchemas;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.codec.VendorParts;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes a whole request from its canonical form. */
final class RequestWriter {

    /** A prompt that is stored at OpenAI. */
    private static final String STORED_PROMPT = "prompt";

    private final ChatRequest request;
    private final Target target;
    private final ModelTraits traits;
    private final TargetSettings settings;
    private final Losses losses;
    private final JsonWriter out;
    private final Map<String, JsonNode> own;

    RequestWriter(ChatRequest request, Target target, TargetSettings settings, Losses losses) {
        this.request = request;
        this.target = target;
        this.traits = target.traits();
        this.settings = settings;
        this.losses = losses;
        this.out = JsonWriter.insteadOf(request.wire());
        this.own = OwnMembers.of(request.extras(), traits, losses);
    }

    byte[] write() {
        refuseIndispensable();
        losses.addForeign("", Extras.of(ANTHROPIC_MESSAGES, request.extras().of(ANTHROPIC_MESSAGES)));
        losses.addMark(Lost.CACHE_MARK, "", request.extras());
        out.object().text("model", target.model());
        new MessageWriter(request, traits, losses, out).write(settings);
        out.optional(
                traits.maxTokensField() == MaxTokensField.MAX_TOKENS ? "max_tokens" : "max_completion_tokens",
                settings.maxOutputTokens());
        new ToolWriter(traits, losses, out).write(request, settings.toolChoice());
        sampling();
        if (settings.effort() != null) {
            out.text("reasoning_effort", Efforts.wireName(settings.effort()));
        }
        outputFormat();
        if (request.choiceCount() > 1) {
            out.number("n", request.choiceCount());
        }
        endUser();
        extras();
        if (request.stream()) {
            out.bool("stream", true);
        }
        StreamOptions.write(request, traits, out);
        return out.endObject().toBytes();
    }

    private void refuseIndispensable() {
        ResponsesMembers.requireReadable(request);
        VendorParts.requireNone(request, OPENAI_CHAT);
        MediaUrls.requireNoDocuments(request, OPENAI_CHAT);
        MediaUrls.requireOfTheWeb(request, OPENAI_CHAT);
        AnthropicMembers.requireNone(request);
        AnthropicMembers.namePrefill(request, losses);
        if (request.extras().member(OPENAI_RESPONSES, STORED_PROMPT) != null) {
            throw new UntranslatableException(
                    STORED_PROMPT, "a stored prompt can only be read by OpenAI: send its text");
        }
    }

    private void sampling() {
        Sampling sampling = settings.sampling();
        out.optional("temperature", sampling.temperature());
        out.optional("top_p", sampling.topP());
        out.optional("top_k", sampling.topK());
        out.optional("seed", sampling.seed());
        out.optional("frequency_penalty", sampling.frequencyPenalty());
        out.optional("presence_penalty", sampling.presencePenalty());
        if (!sampling.stop().isEmpty()) {
            out.array("stop");
            sampling.stop().forEach(out::text);
            out.endArray();
        }
    }

    private void outputFormat() {
        switch (settings.outputFormat()) {
            case OutputFormat.FreeText ignored -> {
                if (own.keySet().stream()
                        .anyMatch(name -> NestedMembers.belongs(name, RequestDecoder.RESPONSE_FORMAT))) {
                    out.object("response_format").text("type", "text");
                    endFormat();
                }
            }
            case OutputFormat.JsonObject ignored -> {
                out.object("response_format").text("type", "json_object");
                endFormat();
            }
            case OutputFormat.JsonSchema schema -> {
                out.object("response_format").text("type", "json_schema").object("json_schema");
                out.text("name", schema.name() == null ? "response" : schema.name());
                out.optional("description", schema.description());
                out.node("schema", schema.schema());
                out.optional("strict", OpenAiSchemas.strict(schema, traits, losses));
                NestedMembers.write(request.extras(), RequestDecoder.JSON_SCHEMA, out);
                out.endObject();
                endFormat();
            }
        }
    }

    private void endFormat() {
        NestedMembers.write(request.extras(), RequestDecoder.RESPONSE_FORMAT, out);
        out.endObject();
    }

    private void endUser() {
        String endUser = request.endUser();
        if (endUser == null) {
            return;
        }
        boolean newer = own.containsKey("safety_identifier");
        out.text(newer && traits.acceptsOpenAiExtras() ? "safety_identifier" : "user", EndUserId.forOpenAi(endUser));
    }

    private void extras() {
        own.forEach((name, value) -> {
            if (NestedMembers.belongs(name, RequestDecoder.RESPONSE_FORMAT)
                    || NestedMembers.belongs(name, RequestDecoder.JSON_SCHEMA)
                    || StreamOptions.owns(name)
                    || name.equals("safety_identifier")
                    || name.equals(CallStyle.LEGACY)) {
                return;
            }
            boolean repeatsUser = name.equals("user") && !traits.acceptsOpenAiExtras();
            JsonNode taken = RequestEncoder.taken(name, value, traits, settings);
            if (taken == null || isOfNothingStored(name)) {
                RequestEncoder.nameLeftOut(name, value, losses);
            } else if (repeatsUser) {
                losses.add(name);
            } else {
                out.node(name, taken);
            }
        });
    }

    /** In Chat Completions notes can only be kept with an answer that is stored, in Responses with any. */
    private boolean isOfNothingStored(String name) {
        JsonNode store = own.get("store");
        return name.equals("metadata") && !losses.isOwnCaller() && (store == null || !store.booleanValue(false));
    }
}
