package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sources that a model names, and the probabilities of its tokens, as vendors stream them, for clients of the other formats. */
class CitedStreamsTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static final String ANTHROPIC_STREAM = """
            {"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}
            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"I looked. "}}
            {"type":"content_block_stop","index":0}
            {"type":"content_block_start","index":1,"content_block":{"type":"text","text":"","citations":[]}}
            {"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"https://a.example/","title":"A","cited_text":"words","encrypted_index":"e"}}}
            {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"It rains."}}
            {"type":"content_block_stop","index":1}
            {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":9}}
            {"type":"message_stop"}""";

    private static final String CHAT_STREAM = """
            {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"It "},"logprobs":{"content":[{"token":"It ","logprob":-0.25,"bytes":[1],"top_logprobs":[]}]},"finish_reason":null}]}
            {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"rains."},"logprobs":{"content":[{"token":"rains.","logprob":-0.5,"bytes":[1],"top_logprobs":[]}]},"finish_reason":null}]}
            {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"annotations":[{"type":"url_citation","url_citation":{"url":"https://a.example/","title":"A","start_index":3,"end_index":9}}]},"finish_reason":null}]}
            {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
            [DONE]""";

    @Test
    void whatAnthropicCitesIsTheWholeTextForAChatClient() {
        ToldStream told = ToldStream.of(MESSAGES, ANTHROPIC_STREAM, CHAT);

        assertThat(told.last("/choices/0/delta/annotations")).isEqualTo(json("""
                [{"type":"url_citation","url_citation":{"url":"https://a.example/","title":"A","start_index":10,"end_index":19}}]"""));
        assertThat(told.lost()).containsExactly("answer.citations[].cited_text");
    }

    @Test
    void whatAnthropicCitesIsAnAnnotationOfItsPartForAResponsesClient() {
        ToldStream told = ToldStream.of(MESSAGES, ANTHROPIC_STREAM, RESPONSES);

        JsonNode expected = json("""
                {"type":"url_citation","url":"https://a.example/","title":"A","start_index":0,"end_index":9}""");
        assertThat(told.last("/annotation")).isEqualTo(expected);
        assertThat(told.last("/response/output/0/content/1/annotations/0")).isEqualTo(expected);
        assertThat(told.lost()).containsExactly("answer.citations[].cited_text");
    }

    @Test
    void whatChatAnnotatesIsCitedForAnAnthropicClient() {
        ToldStream told = ToldStream.of(CHAT, CHAT_STREAM, MESSAGES);

        assertThat(told.last("/delta/citation")).isEqualTo(json("""
                {"type":"web_search_result_location","url":"https://a.example/","title":"A","cited_text":"","encrypted_index":""}"""));
        assertThat(told.lost()).containsExactly("answer.annotations[].start_index", "answer.logprobs");
    }

    @Test
    void probabilitiesOfManyChunksStandInTheAnswerThatEndsAResponsesStream() {
        ToldStream told = ToldStream.of(CHAT, CHAT_STREAM, RESPONSES);

        JsonNode part = told.last("/response/output/0/content/0");
        assertThat(part.path("annotations").path(0).path("end_index").intValue())
                .isEqualTo(9);
        assertThat(part.path("logprobs").findValuesAsString("token")).containsExactly("It ", "rains.");
        assertThat(told.lost()).isEmpty();
    }

    @Test
    void aStreamOfTheSameFormatKeepsItsBytesAndLosesNothing() {
        ToldStream told = ToldStream.of(CHAT, CHAT_STREAM, CHAT);

        assertThat(told.frames().stream().map(JsonNode::toString).toList())
                .isEqualTo(CHAT_STREAM.lines().limit(4).toList());
        assertThat(told.lost()).isEmpty();
    }

    /** Anthropic refuses what its own search has not found. */
    @Test
    void aCitationThatWasTranslatedDoesNotGoToAnthropicWithTheHistory() {
        byte[] body = """
                {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":[
                {"type":"text","text":"It rains.","citations":[{"type":"web_search_result_location","url":"https://a.example/",
                "title":"A","cited_text":"","encrypted_index":""},{"type":"web_search_result_location","url":"https://b.example/",
                "title":"B","cited_text":"b","encrypted_index":"own"}]}]},{"role":"user","content":"go on"}]}""".getBytes(StandardCharsets.UTF_8);

        EncodedRequest sent =
                MESSAGES.encodeRequest(MESSAGES.decodeRequest(body), new Target("p", "m", ModelTraits.anthropic()));

        assertThat(new String(sent.body(), StandardCharsets.UTF_8))
                .contains("https://b.example/")
                .doesNotContain("https://a.example/");
    }

    private static JsonNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
