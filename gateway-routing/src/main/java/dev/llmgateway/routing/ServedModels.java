package dev.llmgateway.routing;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.routing.NameResolver.Resolved;
import dev.llmgateway.routing.catalog.ModelCard;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists the models that callers can ask for. What makes embeddings is left out: whoever chose it could not chat. */
final class ServedModels {

    private static final String GATEWAY = "llm-gateway";

    private ServedModels() {}

    static List<ModelInfo> of(NameRules rules, RoutingTable table, LocalDate today) {
        List<ModelInfo> models = new ArrayList<>();
        rules.aliases().keySet().stream().sorted().forEach(alias -> models.add(ofGateway(alias)));
        models.add(ofGateway(ShownModel.AUTO));
        Map<String, ModelInfo> served = new LinkedHashMap<>();
        for (TableEntry entry : table.entries()) {
            ModelCard card = entry.card();
            boolean chats = card == null || card.chats();
            if (chats && !entry.delisted && !NameResolver.isRetired(entry, today)) {
                served.putIfAbsent(entry.candidate().card(), info(entry));
            }
        }
        models.addAll(served.values());
        return List.copyOf(models);
    }

    /**
     * Of those listed, the one with this name for its id, or else the one that the name means.
     *
     * @throws GatewayException.ModelNotFound when there is none
     */
    static ModelInfo named(String name, List<ModelInfo> listed, Resolved meant) {
        ModelInfo itself = withId(name, listed);
        if (itself != null) {
            return itself;
        }
        if (meant.refusal() != null) {
            throw new GatewayException.ModelNotFound(meant.refusal().sentence());
        }
        for (TableEntry entry : meant.pinned()) {
            ModelInfo model = withId(entry.candidate().card(), listed);
            if (model != null) {
                return model.withId(name);
            }
        }
        throw new GatewayException.ModelNotFound(
                "this model is not listed here, though calls may name it: GET /v1/models lists"
                        + " the known models that chat");
    }

    private static @Nullable ModelInfo withId(String id, List<ModelInfo> listed) {
        for (ModelInfo model : listed) {
            if (model.id().equals(id)) {
                return model;
            }
        }
        return null;
    }

    private static ModelInfo ofGateway(String name) {
        return new ModelInfo(name, name, 0, GATEWAY, null);
    }

    private static ModelInfo info(TableEntry entry) {
        ModelCard card = entry.card();
        LocalDate end = card == null ? null : card.lifecycle().retireOn();
        return new ModelInfo(
                entry.candidate().card(),
                entry.candidate().name(),
                0,
                entry.upstream().vendor(),
                end == null ? null : end.toString());
    }
}
