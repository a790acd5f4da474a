package dev.llmgateway.providers.simulated;

import java.util.Locale;
import java.util.regex.Pattern;

/** What OpenAI's Chat Completions refuse: some things by the model's name, and long ids of calls. */
final class ChatRefusals {
    private static final Pattern RESPONSES_ONLY = Pattern.compile("-pro\\b|-codex\\b|deep-research");
    private static final Pattern NO_TOOLS_WITH_EFFORT = Pattern.compile("gpt-5\\.[45].*");
    private static final Pattern NO_TOOLS_WHILE_REASONING = Pattern.compile("gpt-5\\.[6-9].*|gpt-[6-9].*");

    private ChatRefusals() {}

    static void check(Prompt prompt) {
        String model = prompt.model().toLowerCase(Locale.ROOT);
        if (model.startsWith("gpt-") && RESPONSES_ONLY.matcher(model).find() || model.contains("deep-research")) {
            throw new BadPrompt(
                    404, "This model is only supported in v1/responses and not in v1/chat/completions.", null, "model");
        }
        CallIds.requireShort(prompt.body().path("messages"));
        if (!prompt.body().path("tools").isEmpty() && refusesTools(model, effort(prompt))) {
            throw new BadPrompt(
                    400,
                    "Function tools with reasoning_effort are not supported for " + prompt.model()
                            + " in /v1/chat/completions. To use function tools, use /v1/responses or set"
                            + " reasoning_effort to 'none'.",
                    null,
                    "reasoning_effort");
        }
    }

    private static boolean refusesTools(String model, String effort) {
        boolean anyway = NO_TOOLS_WHILE_REASONING.matcher(model).matches();
        boolean withEffort = NO_TOOLS_WITH_EFFORT.matcher(model).matches() && !effort.isEmpty();
        return (anyway || withEffort) && !effort.equals("none");
    }

    private static String effort(Prompt prompt) {
        return prompt.body().path("reasoning_effort").asString("");
    }
}
