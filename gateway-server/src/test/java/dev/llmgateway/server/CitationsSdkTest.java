package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.CitationsWebSearchResultLocation;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseOutputText;
import dev.llmgateway.providers.simulated.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The vendors' own Java clients read the sources that another vendor's model names, and find all that they require of them. */
class CitationsSdkTest {

    private static final String URL = "https://a.example/b";

    private static final String ANTHROPIC_ANSWER = """
            {"id":"m","type":"message","role":"assistant","model":"claude-sonnet-4-5","stop_reason":"end_turn","stop_sequence":null,
            "content":[{"type":"text","text":"I looked. "},{"type":"text","text":"It rains.","citations":[{
            "type":"web_search_result_location","url":"https://a.example/b","title":"A page","cited_text":"Rain.",
            "encrypted_index":"e"}]}],"usage":{"input_tokens":1,"output_tokens":1}}""";

    private static final String OPENAI_ANSWER = """
            {"id":"c","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,"finish_reason":"stop",
            "message":{"role":"assistant","content":"It rains.","refusal":null,"annotations":[{"type":"url_citation","url_citation":{
            "url":"https://a.example/b","title":"A page","start_index":3,"end_index":8}}]}}],
            "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    private final TestServer server = TestServer.start();
    private final OpenAIClient openAi = SdkClients.openAi(server.gateway.uri());
    private final AnthropicClient anthropic = SdkClients.anthropic(server.gateway.uri());

    @AfterEach
    void stop() {
        openAi.close();
        anthropic.close();
        server.close();
    }

    @Test
    void chatCompletionsClientsReadAnthropicsInTheirPlace() {
        server.anthropic.always(Reply.json(200, ANTHROPIC_ANSWER));

        ChatCompletionMessage message = openAi.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("anthropic/claude-sonnet-4-5")
                        .addUserMessage("Does it rain?")
                        .build())
                .choices()
                .getFirst()
                .message()
                .validate();

        ChatCompletionMessage.Annotation.UrlCitation citation =
                message.annotations().orElseThrow().getFirst().urlCitation();
        assertThat(citation.url()).isEqualTo(URL);
        assertThat(message.content().orElseThrow().substring((int) citation.startIndex(), (int) citation.endIndex()))
                .isEqualTo("It rains.");
    }

    @Test
    void responsesClientsReadAnthropicsInTheirPart() {
        server.anthropic.always(Reply.json(200, ANTHROPIC_ANSWER));

        Response response = openAi.responses()
                .create(ResponseCreateParams.builder()
                        .model("anthropic/claude-sonnet-4-5")
                        .input("Does it rain?")
                        .build())
                .validate();

        ResponseOutputText text =
                response.output().getFirst().asMessage().content().getLast().asOutputText();
        ResponseOutputText.Annotation.UrlCitation citation =
                text.annotations().getFirst().asUrlCitation();
        assertThat(citation.url()).isEqualTo(URL);
        assertThat(text.text().substring((int) citation.startIndex(), (int) citation.endIndex()))
                .isEqualTo("It rains.");
    }

    @Test
    void anthropicsClientsReadOpenAis() {
        server.openAi.always(Reply.json(200, OPENAI_ANSWER));

        Message message = anthropic
                .messages()
                .create(MessageCreateParams.builder()
                        .model("openai/gpt-4o")
                        .maxTokens(50)
                        .addUserMessage("Does it rain?")
                        .build())
                .validate();

        CitationsWebSearchResultLocation citation = message.content()
                .getFirst()
                .asText()
                .citations()
                .orElseThrow()
                .getFirst()
                .asWebSearchResultLocation();
        assertThat(citation.url()).isEqualTo(URL);
        assertThat(citation.title()).hasValue("A page");
    }
}
