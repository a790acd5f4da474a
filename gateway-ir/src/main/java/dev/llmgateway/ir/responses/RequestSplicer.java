package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonDocument;
import dev.llmgateway.ir.json.JsonText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
            edit.set("stream", false).remove("stream_options");
        }
        Sampling before = request.sampling();
        number("temperature", before.temperature(), settings.temperature(), edit);
        number("top_p", before.topP(), settings.topP(), edit);
        toolChoice(edit);
        effort(wire, edit);
        probabilities(wire, edit);
        verbosity(wire, edit);
        UnsealedReasoning unsealed = UnsealedReasoning.of(request, target);
        if (InputSplice.isNeeded(request.messages(), unsealed)) {
            edit.set("input", new InputSplice(target.provider(), unsealed, losses).splice(wire.value("input")));
        }
        return edit.toBytes();
    }

    private static void number(String name, @Nullable Double before, @Nullable Double after, JsonDocument.Edit edit) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (after == null) {
            edit.remove(name);
        } else {
            edit.set(name, Json.mapper().writeValueAsBytes(after));
        }
    }

    private void toolChoice(JsonDocument.Edit edit) {
        if (Objects.equals(settings.toolChoice(), request.toolUse().choice())) {
            return;
        }
        if (settings.toolChoice() == null) {
            edit.remove("tool_choice");
        } else {
            edit.set(
                    "tool_choice",
                    Json.write(ToolsWriter.choice(
                            settings.toolChoice(), request.toolUse().tools())));
        }
    }

    private void effort(JsonDocument wire, JsonDocument.Edit edit) {
        if (settings.effort() == request.reasoning().effort()) {
            return;
        }
        JsonNode before = wire.value("reasoning");
        ObjectNode after = before instanceof ObjectNode object
                ? object.deepCopy()
                : Json.mapper().createObjectNode();
        if (settings.effort() == null) {
            after.remove("effort");
        } else {
            after.put("effort", Efforts.wireName(settings.effort()));
        }
        if (after.isEmpty()) {
            edit.remove("reasoning");
        } else {
            edit.set("reasoning", Json.write(after));
        }
    }

    private void probabilities(JsonDocument wire, JsonDocument.Edit edit) {
        if (settings.samples()) {
            return;
        }
        if (wire.has(RequestWriter.TOP_LOGPROBS)) {
            edit.remove(RequestWriter.TOP_LOGPROBS);
            losses.add(RequestWriter.TOP_LOGPROBS);
        }
        JsonNode before = wire.value("include");
        ArrayNode after = Json.mapper().createArrayNode();
        before.values().stream()
                .filter(name -> !name.stringValue("").equals(RequestWriter.LOGPROBS))
                .forEach(after::add);
        if (after.size() < before.size()) {
            edit.set("include", Json.write(after));
            losses.add("logprobs");
        }
    }

    private void verbosity(JsonDocument wire, JsonDocument.Edit edit) {
        if (target.traits().refuses("verbosity")
                && wire.value("text") instanceof ObjectNode text
                && text.has("verbosity")) {
            ObjectNode after = text.deepCopy();
            after.remove("verbosity");
            edit.set("text", Json.write(after));
            losses.add("verbosity");
        }
    }
}
