package dev.llmgateway.ir.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ResponseFolder;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Vector;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswersTest {

    /** 1, -2.5 and 0.1 as floats of 32 bits, the lowest byte first. */
    private static final String BASE64 = "AACAPwAAIMDNzMw9";

    private static final String FLOATS = "[1,-2.5,0.1]";
    private static final String USAGE = "'usage':{'prompt_tokens':5,'total_tokens':5}";
    private static final Target TARGET = new Target("openai", "m", ModelTraits.openAi());
    private static final OpenAiEmbeddingsCodec CODEC = new OpenAiEmbeddingsCodec();

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static ChatResponse decode(String body) {
        return CODEC.decodeResponse(bytes(body), TARGET);
    }

    private static ChatRequest asking(String format) {
        return CODEC.decodeRequest(bytes("{'model':'m','input':'a'" + format + "}"));
    }

    private static String encode(ChatResponse answer, ChatRequest request) {
        return new String(CODEC.encodeResponse(answer, request), StandardCharsets.UTF_8).replace('"', '\'');
    }

    private static String answer(String embedding) {
        return "{'object':'list','data':[{'object':'embedding','index':0,'embedding':" + embedding + "}],'model':'m',"
                + USAGE + "}";
    }

    @Test
    void readsBothFormats() {
        List<Content> expected = List.of(new Content.Embedding(Vector.of(1f, -2.5f, 0.1f)));

        assertThat(decode(answer(FLOATS)).first().content()).isEqualTo(expected);
        assertThat(decode(answer("'" + BASE64 + "'")).first().content()).isEqualTo(expected);
        assertThat(decode(answer(FLOATS)).usage()).isEqualTo(Usage.of(5, 0));
    }

    @Test
    void countsTheTokensOfTheInputsAndAllWhereNothingElseIsTold() {
        String beside = "'usage':{'prompt_tokens':5,'total_tokens':7}";

        assertThat(decode(answer(FLOATS).replace(USAGE, beside)).usage()).isEqualTo(Usage.of(5, 0));
        assertThat(decode(answer(FLOATS).replace(USAGE, "'usage':{'total_tokens':7}"))
                        .usage())
                .isEqualTo(Usage.of(7, 0));
    }

    @Test
    void readsVectorsInTheOrderOfTheInputs() {
        ChatResponse answer = decode("{'data':[{'embedding':[2],'index':1},{'embedding':[1],'index':0}]}");

        assertThat(EmbeddingResponse.of(answer).vectors()).containsExactly(Vector.of(1f), Vector.of(2f));
        assertThat(EmbeddingResponse.of(decode("{'data':[{'embedding':[1]},{'embedding':[2]}]}"))
                        .vectors())
                .containsExactly(Vector.of(1f), Vector.of(2f));
    }

    @Test
    void passesTheProvidersBytesOnInTheFormatAskedFor() {
        String floats = "{ 'data':[ {'embedding':[ 1.0, -2.50 ],'index':0,'new':1} ], 'model':'m',"
                + "'usage':{'prompt_tokens':5,'total_tokens':5}, 'extra':{'x':[1]} }";
        String base64 = answer("'" + BASE64 + "'");

        assertThat(encode(decode(floats), asking(""))).isEqualTo(floats);
        assertThat(encode(decode(floats), asking(",'encoding_format':'float'"))).isEqualTo(floats);
        assertThat(encode(decode(base64), asking(",'encoding_format':'base64'")))
                .isEqualTo(base64);
    }

    @Test
    void putsTheNameIntoTheBytesThatTheClientUsed() {
        ChatResponse answer = decode(answer(FLOATS)).answeredBy(new Origin("openai", "m", List.of()), 1);
        ChatRequest request = CODEC.decodeRequest(bytes("{'model':'openai/m','input':'a'}"));

        assertThat(encode(answer, request)).isEqualTo(answer(FLOATS).replace("'model':'m'", "'model':'openai/m'"));
    }

    @Test
    void tellsAConvertedAnswerUnderTheNameThatTheClientUsedToo() {
        ChatResponse answer = decode(answer(FLOATS)).answeredBy(new Origin("openai", "m", List.of()), 1);
        ChatRequest request = CODEC.decodeRequest(bytes("{'model':'openai/m','input':'a','encoding_format':'base64'}"));

        assertThat(encode(answer, request)).contains("'model':'openai/m'", BASE64);
    }

    @Test
    void convertsWhatCameInTheOtherFormat() {
        assertThat(encode(decode(answer("[1,-2.5,1e-1]")), asking(",'encoding_format':'base64'")))
                .isEqualTo(answer("'" + BASE64 + "'"));
        assertThat(encode(decode(answer("'" + BASE64 + "'")), asking(""))).isEqualTo(answer("[1.0,-2.5,0.1]"));
    }

    /** DeepInfra tells so what a call has cost, and clients in Python and JavaScript ask for Base64 by themselves. */
    @Test
    void keepsWhatTheProviderAddsWhenItConverts() {
        String answer = "{'data':[{'embedding':" + FLOATS + ",'index':0}],'model':'m','usage':{'prompt_tokens':5,"
                + "'total_tokens':5,'estimated_cost':0.25},'request_id':'r','inference_status':{'status':'ok'}}";

        assertThat(encode(decode(answer), asking(",'encoding_format':'base64'")))
                .isEqualTo("{'object':'list','data':[{'object':'embedding','index':0,'embedding':'" + BASE64
                        + "'}],'model':'m','usage':{'prompt_tokens':5,'total_tokens':5,'estimated_cost':0.25},"
                        + "'request_id':'r','inference_status':{'status':'ok'}}");
    }

    /** Each stands with its own vector, whatever the order that they came in. */
    @Test
    void keepsWhatTheProviderAddsToSingleVectorsWhenItConverts() {
        String answer = "{'data':[{'index':1,'embedding':'AAAAQA==','truncated':true,'notes':[{'x':null}]},"
                + "{'object':'embedding','embedding':'AACAPw==','index':0,'tokens':3}],'model':'m'," + USAGE + "}";

        assertThat(encode(decode(answer), asking("")))
                .isEqualTo("{'object':'list','data':[{'object':'embedding','index':0,'embedding':[1.0],'tokens':3},"
                        + "{'object':'embedding','index':1,'embedding':[2.0],'truncated':true,'notes':[{'x':null}]}],"
                        + "'model':'m'," + USAGE + "}");
    }

    @Test
    void readsBase64WithoutItsPadding() {
        assertThat(decode(answer("'AACAPw'")).first().content()).containsExactly(new Content.Embedding(Vector.of(1f)));
    }

    @Property(tries = 200)
    void keepsEveryBitThroughBothFormats(@ForAll @Size(min = 1, max = 50) List<Float> numbers) {
        float[] packed = new float[numbers.size()];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = numbers.get(i);
        }
        Vector vector = Vector.of(packed);
        ChatResponse answer = decode(answer(FLOATS))
                .withChoices(List.of(new Choice(List.of(new Content.Embedding(vector)), StopReason.END_TURN)));

        ChatResponse floats = decode(encode(answer, asking("")));
        ChatResponse base64 = decode(encode(floats, asking(",'encoding_format':'base64'")));

        assertThat(EmbeddingResponse.of(base64).first()).isEqualTo(vector);
    }

    @Test
    void estimatesTheUsageThatAProviderDoesNotTell() {
        String untold = answer(FLOATS).replace("," + USAGE, "");

        assertThat(decode(untold).usage()).isNull();
        assertThat(encode(decode(untold), asking(""))).endsWith("'usage':{'prompt_tokens':1,'total_tokens':1}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|it has no embeddings",
                "{}|it has no embeddings",
                "{'data':[]}|it has no embeddings",
                "{'data':[1]}|it has something else than embeddings in it",
                "{'data':[{'index':0}]}|it lacks an embedding, or has two for one input",
                "{'data':[{'index':0,'embedding':[1]},{'index':0,'embedding':[1]}]}|it lacks an embedding, or has two for one input",
                "{'data':[{'index':1,'embedding':[1]}]}|it lacks the embedding of an input",
                "{'data':[{'embedding':[1]},{'embedding':[1,2]}]}|it has embeddings of different lengths",
                "{'data':[{'embedding':[]}]}|an embedding is empty",
                "{'data':[{'embedding':''}]}|an embedding is empty",
                "{'data':[{'embedding':null}]}|an embedding is neither an array nor Base64",
                "{'data':[{'embedding':[1,null]}]}|an embedding has something that is no number",
                "{'data':[{'embedding':[1e99]}]}|an embedding has something that is no finite number",
                "{'data':[{'embedding':'AADAfw=='}]}|an embedding has something that is no finite number",
                "{'data':[{'embedding':'AAAA'}]}|an embedding's Base64 is not of numbers of 32 bits",
                "{'data':[{'embedding':[1]}]} x|-",
                "{'data':[{'embedding':[1]|-",
                "{'data':[{'embedding':'?'}]}|-",
                "{'data':[{'embedding':[1]}]} {}|it has more text behind its end",
            })
    void refusesWhatIsNoAnswer(String body, String sentence) {
        assertThatThrownBy(() -> decode(body))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining(sentence.equals("-") ? "not valid" : sentence);
    }

    @Test
    void findsAnErrorInPlaceOfAnAnswer() {
        ProviderStreamException error = catchThrowableOfType(
                ProviderStreamException.class,
                () -> decode(
                        "{'error':{'message':'no such model','type':'invalid_request_error','code':'model_not_found'}}"));

        assertThat(error.error().message()).isEqualTo("no such model");
    }

    @Test
    void survivesBeingUnfoldedIntoEvents() {
        ChatResponse answer = decode("{'data':[{'embedding':[1]},{'embedding':[2]}],'model':'m'," + USAGE + "}");
        ResponseFolder folder = new ResponseFolder();
        List<ChatEvent> events = ResponseUnfolder.unfold(answer);
        events.forEach(folder::accept);

        assertThat(folder.toResponse()).isEqualTo(answer);
        assertThat(folder.toResponse().wire().form()).isNotNull();
    }

    @Test
    void nothingStreams() {
        assertThatThrownBy(() -> CODEC.eventDecoder(TARGET).decode(new SseEvent(null, bytes("{}")), event -> {}))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessage("it is a stream, and embeddings come whole");
        assertThatThrownBy(() -> CODEC.eventEncoder(asking("")))
                .hasMessage("embeddings come whole: no client can ask for a stream of them");
    }
}
