package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.ModelTraits.MaxTokensField;
import dev.llmgateway.ir.codec.OutputLimit;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonDocument;
import dev.llmgateway.ir.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sends a client's body on with only those top members changed that the target needs otherwise. */
final class RequestSplicer {

    private final ChatRequest request;
    private final Target target;
    private final TargetSettings settings;
    private final Losses losses;

    RequestSplicer(ChatRequest request, Target target, TargetSettings settings, Losses losses) {
        this.request = request;
        this.target = target;
        this.settings = settings;
        this.losses = losses;
    }

    byte[] splice(JsonDocument wire) {
        JsonDocument.Edit edit = wire.edit();
        edit.set("model", JsonText.wellFormed(target.model()));
        if (request.stream()) {
            edit.set("stream", true);
        } else if (wire.has("stream")) {
            edit.set("stream", false);
        }
        StreamOptions.splice(request, target.traits(), edit);
        maxTokens(wire, edit);
        sampling(edit);
        tools(edit);
        effort(edit);
        vendorOnly(edit);
        return edit.toBytes();
    }

    private void maxTokens(JsonDocument wire, JsonDocument.Edit edit) {
        boolean newer = target.traits().maxTokensField() == MaxTokensField.MAX_COMPLETION_TOKENS;
        String wanted = newer ? OutputLimit.NEWER : OutputLimit.OLDER;
        String other = newer ? OutputLimit.OLDER : OutputLimit.NEWER;
        if (!wire.has(other) || request.maxOutputTokens() == null) {
            return;
        }
        if (request.extras().member(OPENAI_CHAT, OutputLimit.OLDER) != null) {
            losses.add(OutputLimit.OLDER);
        }
        if (wire.has(wanted)) {
            edit.remove(other).set(wanted, bytes(request.maxOutputTokens()));
        } else {
            edit.rename(other, wanted);
        }
    }

    private void sampling(JsonDocument.Edit edit) {
        Sampling before = request.sampling();
        Sampling after = settings.sampling();
        number("temperature", before.temperature(), after.temperature(), edit);
        number("top_p", before.topP(), after.topP(), edit);
        number("top_k", before.topK(), after.topK(), edit);
        number("frequency_penalty", before.frequencyPenalty(), after.frequencyPenalty(), edit);
        number("presence_penalty", before.presencePenalty(), after.presencePenalty(), edit);
        if (!before.stop().isEmpty() && after.stop().isEmpty()) {
            edit.remove("stop");
        }
    }

    private static void number(String name, @Nullable Number before, @Nullable Number after, JsonDocument.Edit edit) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (after == null) {
            edit.remove(name);
        } else {
            edit.set(name, bytes(after));
        }
    }

    private void tools(JsonDocument.Edit edit) {
        if (ToolWriter.parallel(request, target.traits(), losses) == null) {
            edit.remove("parallel_tool_calls");
        }
        if (request.toolUse().tools().isEmpty()) {
            edit.remove("tools").remove("tool_choice").remove("parallel_tool_calls");
        } else if (settings.toolChoice() == null) {
            edit.remove("tool_choice");
        } else if (!settings.toolChoice().equals(request.toolUse().choice())) {
            edit.set(
                    "tool_choice",
                    Json.write(ToolWriter.choice(
                            settings.toolChoice(), request.toolUse().tools())));
        }
    }

    private void effort(JsonDocument.Edit edit) {
        Effort after = settings.effort();
        if (after == request.reasoning().effort()) {
            return;
        }
        if (after == null) {
            edit.remove("reasoning_effort");
        } else {
            edit.set("reasoning_effort", Efforts.wireName(after));
        }
    }

    private void vendorOnly(JsonDocument.Edit edit) {
        request.extras().of(OPENAI_CHAT).forEach((name, value) -> {
            JsonNode taken = RequestEncoder.taken(name, value, target.traits(), settings);
            if (taken == null) {
                edit.remove(name);
                RequestEncoder.nameLeftOut(name, value, losses);
            } else if (!taken.equals(value)) {
                edit.set(name, Json.write(taken));
            }
        });
    }

    private static byte[] bytes(Number number) {
        return number.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
