package dev.llmgateway.providers.simulated;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator says, before it is put into a dialect.
 *
 * @param thinking the train of thought, empty when there is none
 * @param pieces the text in the pieces of its stream; one piece counts as one token
 * @param stopSequence the sequence that ended the text, or null
 */
record Answer(
        String thinking,
        List<String> pieces,
        List<Call> calls,
        Stop stop,
        @Nullable String stopSequence,
        int promptTokens) {
    private static final int FRAGMENT = 12;

    /** A call of a tool with its arguments as JSON text, or as free text. */
    record Call(Prompt.Tool tool, String arguments) {

        String name() {
            return tool.name();
        }

        /** The arguments in the pieces of its stream; one piece counts as one token. */
        List<String> fragments() {
            return IntStream.iterate(0, at -> at < arguments.length(), at -> at + FRAGMENT)
                    .mapToObj(at -> arguments.substring(at, Math.min(arguments.length(), at + FRAGMENT)))
                    .toList();
        }
    }

    enum Stop {
        END,
        LENGTH,
        SEQUENCE,
        TOOLS
    }

    /** Whether it says anything in words: a model that calls tools may do so, too. */
    boolean hasText() {
        return calls.isEmpty() || !pieces.isEmpty();
    }

    String text() {
        return String.join("", pieces);
    }

    int thinkingTokens() {
        return thinking.isEmpty() ? 0 : thinking.split(" ", -1).length;
    }

    /** All output tokens, those of the train of thought included. */
    int outputTokens() {
        int calling =
                calls.stream().mapToInt(call -> call.fragments().size() + 1).sum();
        return thinkingTokens() + pieces.size() + calling;
    }
}
