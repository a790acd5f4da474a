package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.CODEC;
import static dev.llmgateway.ir.openai.Streams.OPENAI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.WireError;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors in answers that began as a success. Whole and streamed, the members are the same. */
class AnswerErrorsTest {

    private static final String NO_WORD = "the provider ended its answer with an error";

    private static ChatResponse whole(String choice, String beside) {
        String body = "{'id':'c','model':'m','choices':[{'index':0,'message':{'role':'assistant','content':'part'},"
                + choice + "}]" + beside + "}";
        return CODEC.decodeResponse(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), OPENAI);
    }

    private static void streamed(String choice, String beside) {
        String last = "{'id':'c','model':'m','choices':[{'index':0,'delta':{}," + choice + "}]" + beside + "}";
        Streams.decode(OPENAI, Streams.delta("{'content':'part'}"), last.replace('\'', '"'), "[DONE]");
    }

    /** The first three are OpenRouter's, the fourth is Mistral's too, the last is Groq's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "'finish_reason':'error' | ,'error':{'code':429,'message':'Too many'} | 429 | Too many",
                "'finish_reason':'error','error':{'code':502,'message':'High demand'} | - | 502 | High demand",
                "'finish_reason':'error','native_finish_reason':'MALFORMED_FUNCTION_CALL' | - | 502 | " + NO_WORD
                        + " (MALFORMED_FUNCTION_CALL) and said nothing more of it",
                "'finish_reason':'error' | - | 502 | " + NO_WORD + " and said nothing more of it",
                "'finish_reason':'stop','error':{'message':'Cut off','type':'server_error'} | - | 500 | Cut off",
                "'finish_reason':'stop' | ,'error':'out of memory' | 500 | out of memory",
                "'finish_reason':'stop' | ,'x_groq':{'id':'r','error':'over capacity'} | 500 | over capacity",
            })
    void anErrorBesideOrInAChoiceIsOneOfTheProvider(String choice, String beside, int status, String message) {
        String more = beside == null ? "" : beside;
        for (Runnable answer : new Runnable[] {() -> whole(choice, more), () -> streamed(choice, more)}) {
            WireError error = catchThrowableOfType(ProviderStreamException.class, answer::run)
                    .error();

            assertThat(error.message()).isEqualTo(message);
            assertThat(error.status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "''", "{}", "[]", "false", "0"})
    void anErrorThatSaysNothingIsNone(String nothing) {
        ChatResponse answer = whole(
                "'finish_reason':'stop','error':" + nothing,
                ",'error':" + nothing + ",'x_groq':{'error':" + nothing + "}");

        assertThat(answer.choices().getFirst().stopReason()).isEqualTo(StopReason.END_TURN);
        streamed("'finish_reason':'stop','error':" + nothing, ",'error':" + nothing);
        String usage = "{'id':'c','model':'m','choices':[],'usage':{'prompt_tokens':1,'completion_tokens':1},'error':"
                + nothing + "}";
        assertThat(Streams.decode(
                        OPENAI,
                        Streams.delta("{'content':'part'}"),
                        Streams.finish("stop"),
                        usage.replace('\'', '"'),
                        "[DONE]"))
                .anyMatch(ChatEvent.UsageReported.class::isInstance);
    }
}
