package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Members of a Messages request without which something else would be asked, so that no other format can carry the rest. */
public final class AnthropicMembers {

    /** What names a conversation, or its beginning, that Anthropic keeps. */
    private static final String THREAD = "thread";

    private static final Set<String> INDISPENSABLE = Set.of("mcp_servers", "inference_geo", "compaction");

    private AnthropicMembers() {}

    /**
     * Whether a request brings no more than the new messages of a conversation that Anthropic keeps, so that results may belong to
     * calls that it does not have.
     *
     * @param thread the member of that name, or null
     */
    public static boolean goesOn(@Nullable JsonNode thread) {
        return thread != null && thread.path("type").stringValue("").equals("continue");
    }

    /**
     * Notes the beginning of an answer that the caller has written himself, and that the model's vendor does not go on with: it is a
     * turn of the conversation there, and the answer begins anew.
     */
    public static void namePrefill(ChatRequest request, Losses losses) {
        if (request.dialect() == ANTHROPIC_MESSAGES
                && request.messages().getLast() instanceof Message last
                && last.role() == Role.ASSISTANT
                && !last.content().isEmpty()
                && last.content().getLast() instanceof Content.Text text
                && !text.text().isBlank()) {
            losses.add("prefill");
        }
    }

    /**
     * Refuses a request that only Anthropic can answer.
     *
     * @throws UntranslatableException when it has such a member
     */
    public static void requireNone(ChatRequest request) {
        for (String name : INDISPENSABLE) {
            JsonNode value = request.extras().member(ANTHROPIC_MESSAGES, name);
            if (value != null && !NeutralMembers.isNeutral(ANTHROPIC_MESSAGES, name, value)) {
                throw new UntranslatableException(name, "this model's provider has no counterpart");
            }
        }
        JsonNode container = request.extras().member(ANTHROPIC_MESSAGES, "container");
        if (container != null && (container.isString() || container.hasNonNull("id"))) {
            throw new UntranslatableException("container", "Anthropic alone has this container and the files in it");
        }
        if (goesOn(request.extras().member(ANTHROPIC_MESSAGES, THREAD))) {
            throw new UntranslatableException(
                    THREAD,
                    "Anthropic alone has the conversation that this request goes on with: send all of its messages instead");
        }
    }
}
