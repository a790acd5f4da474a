package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.ServiceTier;
import dev.llmgateway.ir.json.JsonDocument;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a response object repeats of its request: each setting as it was sent, and what happens without it where it was not, or
 * where the model that answered has no place for it. Client libraries require most of these members.
 */
final class ToldSettings {

    private static final String INSTRUCTIONS = "instructions";

    private final ChatRequest request;
    /** What of the request had no effect, in its caller's words. */
    private final Set<String> lost;

    /**
     * The settings of a request.
     *
     * @param origin who answered it; null when nobody did
     */
    ToldSettings(ChatRequest request, @Nullable Origin origin) {
        this.request = request;
        this.lost = origin == null ? Set.of() : Set.copyOf(origin.dropped());
    }

    /** Writes those that stand before the output. */
    void beforeOutput(JsonWriter out) {
        instructions(out);
        Integer max = request.maxOutputTokens();
        if (max == null) {
            out.nothing("max_output_tokens");
        } else {
            out.number("max_output_tokens", max);
        }
        orNull("max_tool_calls", out);
    }

    /** Writes those that stand behind it. */
    void behindOutput(JsonWriter out) {
        Boolean parallel =
                lost.contains("parallel_tool_calls") ? null : request.toolUse().parallel();
        out.bool("parallel_tool_calls", !Boolean.FALSE.equals(parallel));
        out.nothing("previous_response_id");
        orNull("prompt_cache_key", out);
        out.optional("prompt_cache_retention", sent("prompt_cache_retention"));
        reasoning(out);
        orNull("safety_identifier", out);
        JsonNode store = sent("store");
        // Whoever did not ask for it cannot rely on it: providers other than OpenAI store nothing.
        out.bool("store", store != null && store.booleanValue(true));
        out.number("temperature", orOne("temperature", request.sampling().temperature()));
        text(out);
        new ToldTools(request, lost).write(out);
        JsonNode logprobs = sent("top_logprobs");
        out.number("top_logprobs", logprobs == null ? 0 : logprobs.asInt(0));
        out.number("top_p", orOne("top_p", request.sampling().topP()));
        JsonNode truncation = sent("truncation");
        out.text("truncation", truncation == null ? "disabled" : truncation.stringValue("disabled"));
        user(out);
        JsonNode metadata = request.extras().member(OPENAI_RESPONSES, "metadata");
        if (metadata == null) {
            out.object("metadata").endObject();
        } else {
            // The caller's own notes: to be told again is all that they are for.
            out.node("metadata", metadata);
        }
    }

    /** The tier that was asked for, as far as that can matter. */
    String tier() {
        JsonNode tier = sent(ServiceTier.NAME);
        return tier == null ? "auto" : tier.stringValue("auto");
    }

    /** A member that only this dialect knows; null when it was not sent, or had no effect. */
    private @Nullable JsonNode sent(String name) {
        return lost.contains(name) ? null : request.extras().member(OPENAI_RESPONSES, name);
    }

    private void orNull(String name, JsonWriter out) {
        JsonNode value = sent(name);
        if (value == null) {
            out.nothing(name);
        } else {
            out.node(name, value);
        }
    }

    private double orOne(String name, @Nullable Double value) {
        return value == null || lost.contains(name) ? 1.0 : value;
    }

    /** The bytes tell whether there were any; a request that has none any more begins with them. */
    private void instructions(JsonWriter out) {
        JsonDocument wire = request.wire();
        boolean hasAny =
                wire == null || !wire.value(INSTRUCTIONS).stringValue("").isEmpty();
        if (hasAny
                && !request.messages().isEmpty()
                && RequestWriter.isInstructions(request.messages().getFirst())
                && request.messages().getFirst().content().getFirst() instanceof Content.Text text) {
            out.text(INSTRUCTIONS, text.text());
        } else {
            out.nothing(INSTRUCTIONS);
        }
    }

    private void reasoning(JsonWriter out) {
        ReasoningOptions.Effort effort = request.reasoning().effort();
        JsonNode ofVendor = sent("reasoning.effort");
        JsonNode summary = sent("reasoning.summary");
        String known = effort == null || lost.contains("reasoning.effort") ? null : Efforts.wireName(effort);
        out.object("reasoning");
        out.textOrNull("effort", ofVendor == null ? known : ofVendor.stringValue(known));
        out.textOrNull("summary", summary == null ? null : summary.stringValue(null));
        out.endObject();
    }

    private void text(JsonWriter out) {
        out.object("text").object("format");
        switch (request.outputFormat()) {
            case OutputFormat.FreeText ignored -> out.text("type", "text");
            case OutputFormat.JsonObject ignored -> out.text("type", "json_object");
            case OutputFormat.JsonSchema schema ->
                out.text("type", "json_schema")
                        .text("name", schema.name() == null ? "response" : schema.name())
                        .optional("description", schema.description())
                        .node("schema", schema.schema())
                        .optional("strict", schema.strict());
        }
        out.endObject();
        out.optional("verbosity", sent("text.verbosity"));
        out.endObject();
    }

    private void user(JsonWriter out) {
        JsonNode both = sent("user");
        boolean isNewer = request.extras().member(OPENAI_RESPONSES, "safety_identifier") != null;
        boolean isOnly = both == null && !isNewer && !lost.contains("user");
        if (both != null) {
            out.node("user", both);
        } else {
            out.textOrNull("user", isOnly ? request.endUser() : null);
        }
    }
}
