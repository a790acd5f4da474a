package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.llmgateway.server.config.FirstRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FirstRunWordsTest {

    @Test
    void withNothingFoundItTellsHowToAddAProviderAndOffersTheDemo() {
        String words = FirstRunWords.about(FirstRun.providers(name -> null, address -> false));

        assertThat(words)
                .contains("no provider was found")
                .contains("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "GROQ_API_KEY", "DEEPINFRA_API_KEY")
                .contains("AZURE_OPENAI_ENDPOINT", "Ollama", "config.example.toml")
                .endsWith("llm-gateway demo\n");
    }

    @Test
    void listsWhatWasFoundWithoutTheKeys() {
        Map<String, String> variables = Map.of("OPENAI_API_KEY", "sk-secret", "AZURE_OPENAI_API_KEY", "secret-too");

        String words = FirstRunWords.about(FirstRun.providers(variables::get, address -> true));

        assertThat(words)
                .contains("- OpenAI (OPENAI_API_KEY)\n", "- Ollama at http://127.0.0.1:11434/v1\n")
                .contains("not Azure OpenAI: AZURE_OPENAI_API_KEY is set, but AZURE_OPENAI_ENDPOINT is not")
                .doesNotContain("secret", "llm-gateway demo");
    }

    @Test
    void anOllamaIsWhateverListsModels() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/models", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try {
            assertThat(OllamaProbe.answers(address.resolve("/v1"))).isTrue();
            assertThat(OllamaProbe.answers(address.resolve("/v2"))).isFalse();
        } finally {
            server.stop(0);
        }
        assertThat(OllamaProbe.answers(address.resolve("/v1"))).isFalse();
    }
}
