package dev.llmgateway.ir.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.TokenIds;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.fingerprint.RequestFingerprint;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.text.RequestTexts;
import dev.llmgateway.ir.tokens.PromptEstimate;
import dev.llmgateway.ir.tokens.TokenEstimator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestsTest {

    private static final Target TARGET = new Target("openai", "wire-name", ModelTraits.openAi());
    private static final OpenAiEmbeddingsCodec CODEC = new OpenAiEmbeddingsCodec();

    private static ChatRequest decode(String body) {
        return CODEC.decodeRequest(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(ChatRequest request) {
        return new String(CODEC.encodeRequest(request, TARGET).body(), StandardCharsets.UTF_8).replace('"', '\'');
    }

    private static List<Content> inputs(String input) {
        ChatRequest request = decode("{'model':'m','input':" + input + "}");
        assertThat(request.messages())
                .allMatch(message ->
                        message.role() == Role.USER && message.content().size() == 1);
        return request.messages().stream()
                .map(message -> message.content().getFirst())
                .toList();
    }

    @Test
    void readsEveryKindOfInput() {
        assertThat(inputs("'one'")).containsExactly(new Content.Text("one"));
        assertThat(inputs("['one','two']")).containsExactly(new Content.Text("one"), new Content.Text("two"));
        assertThat(inputs("[1,2,3]")).containsExactly(new Content.Tokens(TokenIds.of(1, 2, 3)));
        assertThat(inputs("[[1,2],[2147483647]]"))
                .containsExactly(
                        new Content.Tokens(TokenIds.of(1, 2)), new Content.Tokens(TokenIds.of(Integer.MAX_VALUE)));
    }

    @Test
    void asksForVectorsAndForNoText() {
        ChatRequest request = decode("{'model':'m','input':'one','user':'ann'}");

        assertThat(request.asksForVectors()).isTrue();
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.maxOutputTokens()).isZero();
        assertThat(request.endUser()).isEqualTo("ann");
        assertThat(decode("{'input':'one'}").model()).isEqualTo("auto");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'model':'m'}|input: is required",
                "{'model':'m','input':null}|input: must be a string, an array of strings, an array of token ids or an array of such arrays",
                "{'model':'m','input':{}}|input: must be a string, an array of strings, an array of token ids or an array of such arrays",
                "{'model':'m','input':''}|input: must not be empty",
                "{'model':'m','input':[]}|input: must not be empty",
                "{'model':'m','input':['a','']}|input[1]: must not be empty",
                "{'model':'m','input':[[1],[]]}|input[1]: must not be empty",
                "{'model':'m','input':['a',1]}|input[1]: must be a string like the elements before it",
                "{'model':'m','input':[[1],'a']}|input[1]: must be an array of token ids like the elements before it",
                "{'model':'m','input':[1,'a']}|input[1]: must be a token id: a whole number from 0 to 2147483647",
                "{'model':'m','input':[[1],[2,-1]]}|input[1][1]: must be a token id: a whole number from 0 to 2147483647",
                "{'model':'m','input':[2147483648]}|input[0]: must be a token id: a whole number from 0 to 2147483647",
                "{'model':'m','input':[null]}|input[0]: must be a string, a token id or an array of token ids",
                "{'model':'m','input':[1.5]}|input[0]: must be a string, a token id or an array of token ids",
                "{'model':'','input':'a'}|model: must not be empty",
                "{'model':'m','input':'a','dimensions':0}|dimensions: must be from 1 to 65536",
                "{'model':'m','input':'a','dimensions':-5}|dimensions: must be from 1 to 65536",
                "{'model':'m','input':'a','dimensions':1e9}|dimensions: must be from 1 to 65536",
                "{'model':'m','input':'a','dimensions':1.5}|dimensions: must be a whole number of at most 64 bits",
                "{'model':'m','input':'a','dimensions':'many'}|dimensions: must be a whole number, not a string",
                "{'model':'m','input':'a','encoding_format':'int8'}|encoding_format: must be \"float\" or \"base64\"",
                "{'model':'m','input':'a','encoding_format':5}|encoding_format: must be a string, not a number",
            })
    void saysWhatIsWrongAndWhere(String body, String sentence) {
        assertThatThrownBy(() -> decode(body))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{'input':'a'",
                "{'input':'a','input':'b'}",
                "{'input':['a'}",
                "{'model':'a','model':'b'}"
            })
    void refusesWhatIsNoJsonObject(String body) {
        assertThatThrownBy(() -> decode(body)).isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void refusesMoreInputsThanOpenAiTakes() {
        String most = "'a',".repeat(2047) + "'a'";

        assertThat(inputs("[" + most + "]")).hasSize(2048);
        assertThatThrownBy(() -> inputs("[" + most + ",'a']"))
                .hasMessage("input: must not have more than 2048 elements: send several requests");
    }

    @Test
    void sendsTheClientsBytesForAnotherModel() {
        String body = "{ 'input' : [ 'a', 'b' ],  'model':'alias', 'dimensions':256,'new_member':{'x':[1]} }";

        assertThat(encode(decode(body)))
                .isEqualTo("{ 'input' : [ 'a', 'b' ],  'model':'wire-name', 'dimensions':256,'new_member':{'x':[1]} }");
    }

    /** Which means the usual one; DeepInfra refuses it. */
    @Test
    void takesAFormatOfNullOut() {
        assertThat(encode(decode("{'model':'m','encoding_format':null,'input':'a'}")))
                .isEqualTo("{'model':'wire-name','input':'a'}");
        assertThat(encode(decode("{'model':'m','encoding_format':'base64','input':'a'}")))
                .isEqualTo("{'model':'wire-name','encoding_format':'base64','input':'a'}");
    }

    @Test
    void writesAChangedRequestAnewInItsOwnShape() {
        String rest = ",'user':'ann','dimensions':256,'encoding_format':'base64','new_member':true}";

        assertThat(changed("{'model':'m','input':'secret'" + rest))
                .isEqualTo("{'model':'wire-name','input':'[x]'" + rest);
        assertThat(changed("{'model':'m','input':['a','secret']}"))
                .isEqualTo("{'model':'wire-name','input':['a','[x]']}");
    }

    private static String changed(String body) {
        return encode(RequestTexts.map(decode(body), (text, place) -> text.replace("secret", "[x]")));
    }

    @Test
    void writesTokensAnew() {
        assertThat(encode(decode("{'model':'m','input':[7,8]}").toBuilder().build()))
                .isEqualTo("{'model':'wire-name','input':[7,8]}");
        assertThat(encode(decode("{'model':'m','input':[[7],[8]]}").toBuilder().build()))
                .isEqualTo("{'model':'wire-name','input':[[7],[8]]}");
    }

    @Test
    void cannotWriteAChat() {
        ChatRequest chat = ChatRequest.builder("m")
                .message(new Message(Role.USER, List.of()))
                .build();

        assertThatThrownBy(() -> encode(chat)).isInstanceOf(UntranslatableException.class);
    }

    @Test
    void noChatIsAboutTokens() {
        ChatRequest tokens = decode("{'model':'m','input':[7,8]}");

        assertThatThrownBy(() -> new OpenAiChatCodec().encodeRequest(tokens, TARGET))
                .isInstanceOf(UntranslatableException.class);
    }

    @Test
    void countsTextsWithoutTheOverheadOfAChat() {
        assertThat(PromptEstimate.of(decode("{'model':'m','input':['Hello, world!','Good-bye!']}"))
                        .tokens())
                .isEqualTo(TokenEstimator.estimate("Hello, world!") + TokenEstimator.estimate("Good-bye!"));
        assertThat(PromptEstimate.of(decode("{'model':'m','input':[[1,2,3],[4]]}"))
                        .tokens())
                .isEqualTo(4);
    }

    @Test
    void isTheSameQuestionInEitherFormat() {
        ChatRequest floats = decode("{'model':'m','input':'a','dimensions':8}");

        assertThat(print(decode("{'model':'m','input':'a','dimensions':8,'encoding_format':'base64'}")))
                .isEqualTo(print(floats));
        assertThat(print(decode("{'model':'m','input':'a','dimensions':9}"))).isNotEqualTo(print(floats));
        assertThat(print(decode("{'model':'m','input':[1,2]}")))
                .isNotEqualTo(print(decode("{'model':'m','input':[[1],[2]]}")));
    }

    @Test
    void isAnotherQuestionThanAChatOfTheSameWords() {
        ChatRequest vectors = EmbeddingRequest.of("m", "a").toCall();
        ChatRequest chat = ChatRequest.builder("m").user("a").maxOutputTokens(0).build();

        assertThat(print(vectors)).isNotEqualTo(print(chat));
        assertThat(vectors).isNotEqualTo(chat);
    }

    private static RequestFingerprint print(ChatRequest request) {
        return RequestFingerprint.of(request);
    }

    @Test
    void isBuiltInProcessAsItIsReadFromTheWire() {
        EmbeddingRequest request =
                EmbeddingRequest.of("m", "a", "b").withDimensions(256).withEndUser("ann");

        assertThat(request.toCall()).isEqualTo(decode("{'model':'m','input':['a','b'],'dimensions':256,'user':'ann'}"));
        assertThat(EmbeddingRequest.ofTokens("m", List.of(TokenIds.of(1, 2))).toCall())
                .isEqualTo(decode("{'model':'m','input':[1,2]}"));
    }

    @Test
    void refusesInProcessWhatItRefusesFromTheWire() {
        assertThatThrownBy(() -> EmbeddingRequest.of("m"))
                .hasMessage("there are 0 inputs: there must be from 1 to 2048");
        assertThatThrownBy(() -> EmbeddingRequest.of("m", ""))
                .hasMessage("an input is empty, or neither a text nor its tokens' ids");
        assertThatThrownBy(() -> EmbeddingRequest.of("m", "a").withDimensions(0))
                .hasMessage("dimensions is 0: it must be from 1 to 65536");
    }
}
