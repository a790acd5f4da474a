package dev.llmgateway.cli;

import dev.llmgateway.server.config.FirstRun;

/** What a start without a configuration file says. */
final class FirstRunWords {

    private static final String NOTHING = """
            There is no config.toml here, and no provider was found. Add one and start again:
              - set OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY, GROQ_API_KEY or DEEPINFRA_API_KEY,
                or AZURE_OPENAI_API_KEY with AZURE_OPENAI_ENDPOINT;
              - or start Ollama on its usual port, 11434;
              - or copy config.example.toml to config.toml and name providers there.
            To try everything without a key, against simulated providers on this machine:
              llm-gateway demo
            """;

    private FirstRunWords() {}

    static String about(FirstRun run) {
        StringBuilder words = new StringBuilder();
        if (run.providers().isEmpty()) {
            words.append(NOTHING);
        } else {
            words.append("There is no config.toml here. Providers were found all the same:\n");
        }
        run.found().forEach(found -> words.append("  - ").append(found).append('\n'));
        return words.toString();
    }
}
