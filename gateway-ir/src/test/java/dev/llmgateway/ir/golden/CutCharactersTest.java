package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Servers that cut a text by UTF-16 units tell the halves of a character as escapes, in two pieces of a stream. */
class CutCharactersTest {

    private static final String TEXT = "a\uD83D\uDE00b \uD83C\uDF0D";
    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final List<DialectCodec> OTHERS = List.of(new AnthropicMessagesCodec(), new OpenAiResponsesCodec());

    private static String chunk(String delta, String finish) {
        return "{'id':'c','model':'m','created':1,'choices':[{'index':0,'delta':{%s},'finish_reason':%s}]}\n"
                .replace('\'', '"')
                .formatted(delta, finish);
    }

    /** A JSON string in which every character stands as its UTF-16 units, one by one. */
    private static String escaped(String text) {
        return text.chars()
                .mapToObj(unit -> String.format("\\u%04x", unit))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String delta(String kind, String piece) {
        return kind.equals("arguments")
                ? "\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":"
                        + escaped(piece) + "}}]"
                : "\"" + kind + "\":" + escaped(piece);
    }

    private static String told(DialectCodec client, String stream) {
        return ToldStream.of(CHAT, stream, client).frames().stream()
                .map(CutCharactersTest::piece)
                .collect(Collectors.joining());
    }

    /** Clients that decode each piece by itself read it. */
    private static boolean isWhole(String piece) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(piece);
    }

    private static String piece(JsonNode frame) {
        JsonNode delta = frame.path("delta");
        if (delta.isString()) {
            return delta.stringValue("");
        }
        return List.of("text", "thinking", "partial_json").stream()
                .map(name -> delta.path(name).stringValue(""))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"content", "reasoning_content", "arguments"})
    void theirClientsReadTheWholeCharacter(String kind) {
        for (DialectCodec client : OTHERS) {
            assertThat(IntStream.rangeClosed(0, TEXT.length())).allSatisfy(cut -> {
                String stream = chunk(delta(kind, TEXT.substring(0, cut)), "null")
                        + chunk(delta(kind, TEXT.substring(cut)), "\"stop\"");
                assertThat(told(client, stream)).isEqualTo(TEXT);
                assertThat(ToldStream.of(CHAT, stream, client).frames())
                        .allSatisfy(frame -> assertThat(isWhole(piece(frame))).isTrue());
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text_delta text", "thinking_delta thinking"})
    void clientsOfChatDoSo(String kind) {
        String type = kind.split(" ")[0];
        String member = kind.split(" ")[1];
        String block = member.equals("text") ? "{'type':'text','text':''}" : "{'type':'thinking','thinking':''}";
        for (int cut = 0; cut <= TEXT.length(); cut++) {
            String stream = """
                    {'type':'message_start','message':{'id':'m','role':'assistant','model':'m','content':[],'usage':{'input_tokens':1}}}
                    {'type':'content_block_start','index':0,'content_block':%s}
                    {'type':'content_block_delta','index':0,'delta':{'type':'%s','%s':%s}}
                    {'type':'content_block_delta','index':0,'delta':{'type':'%s','%s':%s}}
                    {'type':'content_block_stop','index':0}
                    {'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':1}}
                    {'type':'message_stop'}
                    """.formatted(
                            block,
                            type,
                            member,
                            escaped(TEXT.substring(0, cut)),
                            type,
                            member,
                            escaped(TEXT.substring(cut)))
                    .replace('\'', '"');
            String told = ToldStream.of(OTHERS.getFirst(), stream, CHAT).frames().stream()
                    .map(frame -> frame.at("/choices/0/delta"))
                    .map(delta -> delta.path("content").stringValue("")
                            + delta.path("reasoning_content").stringValue(""))
                    .collect(Collectors.joining());
            assertThat(told).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"output_text", "reasoning"})
    void theItemsOfResponsesHaveTheWholeCharacter(String kind) {
        String member = kind.equals("reasoning") ? "reasoning_content" : "content";
        String stream = chunk(delta(member, TEXT.substring(0, 2)), "null")
                + chunk(delta(member, TEXT.substring(2)), "\"stop\"");

        JsonNode last = ToldStream.of(CHAT, stream, OTHERS.getLast()).frames().getLast();
        assertThat(Json.writeString(last)).contains(TEXT);
    }

    @Test
    void aHalfThatStaysAloneIsNoneThatBreaksAClient() {
        String stream = chunk(delta("content", "a\uD83D"), "null") + chunk(delta("content", " b\uD83D"), "\"stop\"");

        for (DialectCodec client : OTHERS) {
            assertThat(told(client, stream)).isEqualTo("a\uFFFD b\uFFFD");
        }
    }
}
