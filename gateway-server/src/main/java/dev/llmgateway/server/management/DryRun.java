package dev.llmgateway.server.management;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.json.DecisionJson;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/route}: decides as a call would and shows why. No provider is called and nothing is remembered. A refusal
 * is shown like any other decision, because the explanation is what is asked for.
 *
 * <p>The body is one of three: a chat request as it would be sent; {@code {"request": <chat request>, ...}} with more about
 * the call; or what is required of a model, without any prompt.
 */
public final class DryRun {

    /** Decides from requirements alone, without a prompt. */
    @FunctionalInterface
    public interface ByRequirements {

        /**
         * The decision for a model's name (or {@code auto}).
         *
         * @param options the profile; the other options are in the requirements too
         */
        RoutingDecision decide(String model, Requirements requirements, RoutingOptions options);
    }

    /** Top members that only Anthropic's requests have. */
    private static final Set<String> ONLY_ANTHROPIC = Set.of("system", "stop_sequences", "thinking", "top_k");

    private static final String REQUEST = "request";
    private static final String DIALECT = "dialect";
    private static final String MESSAGES = "messages";
    private static final String INPUT = "input";

    /** What a chat request does not have, so that whoever writes it there meant it for the dry run. */
    private static final List<String> BESIDE_A_REQUEST =
            List.of(DIALECT, "profile", "data_classification", "max_cost", "conversation_id");

    private final Gateway gateway;
    private final ByRequirements byRequirements;
    private final DialectCodec openAi;
    private final DialectCodec anthropic;
    private final DialectCodec responses;
    private final DialectCodec embeddings;

    /**
     * Dry runs of a gateway.
     *
     * @param byRequirements decides where there is no prompt
     */
    public DryRun(
            Gateway gateway,
            ByRequirements byRequirements,
            DialectCodec openAi,
            DialectCodec anthropic,
            DialectCodec responses,
            DialectCodec embeddings) {
        this.gateway = gateway;
        this.byRequirements = byRequirements;
        this.openAi = openAi;
        this.anthropic = anthropic;
        this.responses = responses;
        this.embeddings = embeddings;
    }

    /**
     * Decides.
     *
     * @param headers what the headers say; members of the body win over them
     * @param anthropicCaller whether the caller sent {@code anthropic-version}
     * @return the decision as JSON
     * @throws InvalidRequestFormatException when the body makes no sense
     */
    public byte[] decide(byte[] body, CallOptions headers, boolean anthropicCaller) {
        Members members = Members.of(body);
        if (members.has(REQUEST)) {
            return DecisionJson.toBytes(ofRequest(members, headers, anthropicCaller));
        }
        if (members.has(MESSAGES) || members.has(INPUT)) {
            requireNothingForTheDryRun(members);
            ChatRequest request = guess(members, anthropicCaller).decodeRequest(body);
            return DecisionJson.toBytes(gateway.route(request, headers));
        }
        ExplicitRequirements asked = ExplicitRequirements.read(members, headers.routing());
        RoutingDecision decision = byRequirements.decide(asked.model(), asked.requirements(), asked.options());
        return DecisionJson.toBytes(headers.failover() ? decision : decision.withoutFailover());
    }

    /** A call would not heed them, so that the decision would be another one than the caller thinks. */
    private static void requireNothingForTheDryRun(Members chat) {
        for (String name : BESIDE_A_REQUEST) {
            if (chat.has(name)) {
                throw chat.wrong(
                        name,
                        "is not part of a chat request: send {\"request\": <the chat request>, \"" + name + "\": ...}");
            }
        }
    }

    private RoutingDecision ofRequest(Members members, CallOptions headers, boolean anthropicCaller) {
        Members request = members.requireObject(REQUEST);
        Dialect named = members.word(DIALECT, List.of(Dialect.values()), DryRun::word);
        RoutingOptions options = RoutingWords.options(members, headers.routing());
        members.requireNoOthers();
        DialectCodec codec = named == null ? guess(request, anthropicCaller) : codec(named);
        return gateway.route(codec.decodeRequest(request.toBytes()), headers.withRouting(options));
    }

    private DialectCodec guess(Members request, boolean anthropicCaller) {
        if (request.has(INPUT) && !request.has(MESSAGES)) {
            return codec(Dialect.OPENAI_RESPONSES);
        }
        return codec(anthropicCaller || looksAnthropic(request) ? Dialect.ANTHROPIC_MESSAGES : Dialect.OPENAI_CHAT);
    }

    private DialectCodec codec(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> openAi;
            case ANTHROPIC_MESSAGES -> anthropic;
            case OPENAI_RESPONSES -> responses;
            case OPENAI_EMBEDDINGS -> embeddings;
        };
    }

    /** A guess where nobody says: it has a member, or a tool, that only Anthropic's requests have. */
    private static boolean looksAnthropic(Members request) {
        return request.names().anyMatch(ONLY_ANTHROPIC::contains) || hasAnthropicTool(request.node("tools"));
    }

    private static boolean hasAnthropicTool(@Nullable JsonNode tools) {
        return tools != null && tools.valueStream().anyMatch(tool -> tool.has("input_schema"));
    }

    private static String word(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> "openai";
            case ANTHROPIC_MESSAGES -> "anthropic";
            case OPENAI_RESPONSES -> "responses";
            case OPENAI_EMBEDDINGS -> "embeddings";
        };
    }
}
