package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.OpenAiMembers;
import dev.llmgateway.ir.codec.OutputLimit;
import dev.llmgateway.ir.codec.ResponsesMembers;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/** The members of a request that Chat Completions has words for and the canonical vocabulary has not. */
final class OwnMembers {

    private static final String LOGPROBS = "logprobs";
    private static final String TOP_LOGPROBS = "top_logprobs";

    private OwnMembers() {}

    /** Those of the dialect itself, and those of Responses under the names that they have here. Notes what has none. */
    static Map<String, JsonNode> of(Extras extras, ModelTraits traits, Losses losses) {
        Map<String, JsonNode> members = new LinkedHashMap<>(extras.of(OPENAI_CHAT));
        extras.of(OPENAI_RESPONSES).forEach((name, value) -> {
            String here = name.equals("user") ? name : OpenAiMembers.inChat(name);
            if (here != null) {
                members.putIfAbsent(here, value);
            } else if (name.equals("include")) {
                include(value, members, losses);
            } else if (!ResponsesMembers.isSpelling(name, value) && !isShownAnyway(name, traits)) {
                losses.add(name);
            }
        });
        if (members.containsKey(TOP_LOGPROBS) && !members.containsKey(LOGPROBS)) {
            members.remove(TOP_LOGPROBS);
            losses.add(TOP_LOGPROBS);
        }
        if (members.remove(OutputLimit.OLDER) != null) {
            losses.add(OutputLimit.OLDER);
        }
        return members;
    }

    private static boolean isShownAnyway(String name, ModelTraits traits) {
        return name.equals(ResponsesMembers.SUMMARY) && traits.showsReasoning();
    }

    /** What is sealed comes by itself where it can; token probabilities have a member of their own. */
    private static void include(JsonNode names, Map<String, JsonNode> members, Losses losses) {
        for (JsonNode name : names.values()) {
            switch (name.stringValue("")) {
                case "message.output_text.logprobs" -> members.putIfAbsent(LOGPROBS, BooleanNode.TRUE);
                case "reasoning.encrypted_content" -> {}
                default -> losses.add("include");
            }
        }
    }
}
