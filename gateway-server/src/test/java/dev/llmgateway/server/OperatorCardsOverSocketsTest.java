package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.server.config.ConfigException;
import org.junit.jupiter.api.Test;

/** What the configuration file says of models holds for calls. */
class OperatorCardsOverSocketsTest {

    @Test
    void aModelOfTheFileIsCalledByItsWireId() {
        try (TestServer server = TestServer.start("""
                [[models]]
                id = "openai/house-style"
                wire_id = "ft:gpt-4o:acme"
                [models.price]
                input = 3
                output = 12
                """)) {
            assertThat(server.get("/v1/models").body()).contains("openai/house-style");
            String body =
                    "{\"model\":\"openai/house-style\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
            assertThat(server.post("/v1/chat/completions", body).statusCode()).isEqualTo(200);
            assertThat(server.openAi.requests().getLast().text()).contains("\"ft:gpt-4o:acme\"");
        }
    }

    @Test
    void aModelThatNobodyServesKeepsTheGatewayFromStarting() {
        assertThatThrownBy(() -> TestServer.start("[[models]]\nid = \"opnai/x\"\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nobody serves the model \"opnai/x\": did you mean \"openai\"?");
    }
}
