package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.AnswerIds;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.OtherCounts;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.ServiceTier;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.codec.Untold;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.ir.tokens.UsageEstimate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes the response object, which repeats the request's settings: client libraries require most of them. Instructions are not
 * repeated, since they can be long and every stream would carry them three times. Not thread safe.
 */
final class AnswerObject {

    /** Members that are written from the canonical fields. */
    private static final Set<String> WRITTEN = Set.of(
            "id",
            "object",
            "created_at",
            "status",
            "background",
            "error",
            Outcome.DETAILS,
            "instructions",
            "max_output_tokens",
            "model",
            "output",
            "parallel_tool_calls",
            "previous_response_id",
            "reasoning",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_p",
            "usage",
            "metadata",
            Logprobs.NAME,
            Logprobs.CUT,
            ResponsesMembers.UNSHOWN_REASONING,
            Untold.MARK);

    private final ChatRequest request;
    private final String id;
    private final long created;
    private final String model;

    AnswerObject(ChatRequest request, String id, long created, String model, @Nullable Origin origin) {
        this.request = request;
        this.id = AnswerIds.orNew(id, "resp_");
        this.created = created;
        this.model = ShownModel.name(request, origin, model);
    }

    /**
     * Writes the object.
     *
     * @param extras what only this dialect knows of the answer
     */
    void write(JsonWriter out, Outcome outcome, List<ShownItem> items, @Nullable Usage usage, Extras extras) {
        out.object().text("id", id).text("object", "response").number("created_at", created);
        out.text("status", outcome.status()).bool("background", false);
        error(outcome.error(), out);
        incomplete(outcome, extras, out);
        out.nothing("instructions").text("model", model).array("output");
        items.forEach(item -> item.write(out));
        out.endArray();
        settings(out);
        if (usage != null) {
            UsageFields.write(usage, extras, out);
        } else if (outcome.isComplete()) {
            // Agents see by it how full their context is.
            UsageFields.write(UsageEstimate.usage(request, characters(items)), extras, out);
        } else {
            out.nothing("usage");
        }
        out.optional(ServiceTier.NAME, ServiceTier.translated(extras, OPENAI_RESPONSES));
        extras.of(OPENAI_RESPONSES).forEach((name, value) -> {
            if (!WRITTEN.contains(name) && !OtherCounts.isOne(name)) {
                out.node(name, value);
            }
        });
        out.endObject();
    }

    private static long characters(List<ShownItem> items) {
        return items.stream()
                .flatMap(item -> item.parts().stream())
                .mapToLong(part -> part.text().length())
                .sum();
    }

    private static void error(@Nullable WireError error, JsonWriter out) {
        if (error == null) {
            out.nothing("error");
        } else {
            out.object("error")
                    .text("code", Outcome.code(error))
                    .text("message", error.message())
                    .endObject();
        }
    }

    private static void incomplete(Outcome outcome, Extras extras, JsonWriter out) {
        JsonNode unusual = extras.member(OPENAI_RESPONSES, Outcome.DETAILS);
        if (unusual != null) {
            out.node(Outcome.DETAILS, unusual);
        } else if (outcome.incomplete() == null) {
            out.nothing(Outcome.DETAILS);
        } else {
            out.object(Outcome.DETAILS).text("reason", outcome.incomplete()).endObject();
        }
    }

    /** What the client asked for, or what happens when it does not say. */
    private void settings(JsonWriter out) {
        Integer max = request.maxOutputTokens();
        if (max == null) {
            out.nothing("max_output_tokens");
        } else {
            out.number("max_output_tokens", max);
        }
        Double temperature = request.sampling().temperature();
        Double topP = request.sampling().topP();
        out.number("temperature", temperature == null ? 1.0 : temperature).number("top_p", topP == null ? 1.0 : topP);
        out.bool("parallel_tool_calls", !Boolean.FALSE.equals(request.toolUse().parallel()));
        out.nothing("previous_response_id");
        reasoning(out);
        text(out);
        tools(out);
        JsonNode metadata = request.extras().member(OPENAI_RESPONSES, "metadata");
        if (metadata == null) {
            out.object("metadata").endObject();
        } else {
            out.node("metadata", metadata);
        }
    }

    private void reasoning(JsonWriter out) {
        ReasoningOptions.Effort effort = request.reasoning().effort();
        JsonNode summary = request.extras().member(OPENAI_RESPONSES, "reasoning.summary");
        out.object("reasoning").textOrNull("effort", effort == null ? null : Efforts.wireName(effort));
        out.textOrNull("summary", summary == null ? null : summary.stringValue(null))
                .endObject();
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
        out.optional("verbosity", request.extras().member(OPENAI_RESPONSES, "text.verbosity"));
        out.endObject();
    }

    private void tools(JsonWriter out) {
        ToolsWriter tools =
                new ToolsWriter(request, ModelTraits.openAi(), new Losses(request.dialect(), OPENAI_RESPONSES), out);
        ToolsWriter.Written written = tools.members(
                request.toolUse().choice(), request.extras().member(OPENAI_RESPONSES, ToolsDecoder.CHOICE));
        if (written == ToolsWriter.Written.NOTHING) {
            out.array("tools").endArray();
        }
        if (written != ToolsWriter.Written.TOOLS_AND_CHOICE) {
            out.text(ToolsDecoder.CHOICE, "auto");
        }
    }
}
