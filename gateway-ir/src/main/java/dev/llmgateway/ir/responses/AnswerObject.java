package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.AnswerIds;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.OtherCounts;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.ServiceTier;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.codec.Untold;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.JsonMembers;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.ir.tokens.UsageEstimate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes the response object, which repeats the request's settings. A stream has it up to three times, so these are made into
 * JSON when the first is written. Not thread safe.
 */
final class AnswerObject {

    /** What ids of answers begin with. */
    static final String ID = "resp_";

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
            "max_tool_calls",
            "model",
            "output",
            "parallel_tool_calls",
            "previous_response_id",
            "prompt_cache_key",
            "prompt_cache_retention",
            "reasoning",
            "safety_identifier",
            ServiceTier.NAME,
            "store",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "truncation",
            "usage",
            "user",
            "metadata",
            Logprobs.NAME,
            Logprobs.CUT,
            ResponsesMembers.UNSHOWN_REASONING,
            Untold.MARK);

    private final ChatRequest request;
    private final String id;
    private final long created;
    private final String model;
    private final ToldSettings settings;

    private @Nullable JsonMembers before;
    private @Nullable JsonMembers behind;

    /**
     * The object of one answer.
     *
     * @param id as the client is to read it; empty for a new one
     */
    AnswerObject(ChatRequest request, String id, long created, String model, @Nullable Origin origin) {
        this.request = request;
        this.id = AnswerIds.orNew(id, ID);
        this.created = created;
        this.model = ShownModel.name(request, origin, model);
        this.settings = new ToldSettings(request, origin);
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
        before = before == null ? JsonMembers.of(settings::beforeOutput) : before;
        out.members(before).text("model", model).array("output");
        items.forEach(item -> item.write(out));
        out.endArray();
        behind = behind == null ? JsonMembers.of(settings::behindOutput) : behind;
        out.members(behind);
        tier(outcome, extras, out);
        if (usage != null) {
            UsageFields.write(usage, extras, out);
        } else if (outcome.isComplete()) {
            // Agents see by it how full their context is.
            UsageFields.write(UsageEstimate.usage(request, characters(items)), extras, out);
        } else {
            out.nothing("usage");
        }
        extras.of(OPENAI_RESPONSES).forEach((name, value) -> {
            if (!WRITTEN.contains(name) && !OtherCounts.isOne(name)) {
                out.node(name, value);
            }
        });
        out.endObject();
    }

    /** The tier that served it; until that is known the one that was asked for. */
    private void tier(Outcome outcome, Extras extras, JsonWriter out) {
        JsonNode own = extras.member(OPENAI_RESPONSES, ServiceTier.NAME);
        JsonNode told = own == null ? ServiceTier.translated(extras, OPENAI_RESPONSES) : own;
        if (told != null) {
            out.node(ServiceTier.NAME, told);
        } else {
            out.text(ServiceTier.NAME, outcome.isComplete() ? "default" : settings.tier());
        }
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
                    .optional("param", error.param())
                    .members(error.extras().shownTo(OPENAI_RESPONSES))
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
}
