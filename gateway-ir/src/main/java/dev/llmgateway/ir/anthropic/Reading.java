package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import org.jspecify.annotations.Nullable;

/** Whose JSON is read, which decides who is at fault when it is wrong. */
enum Reading {
    REQUEST {
        @Override
        RuntimeException error(@Nullable Place place, String message) {
            return new InvalidRequestFormatException(place == null ? null : place.toString(), message);
        }
    },
    ANSWER {
        @Override
        RuntimeException error(@Nullable Place place, String message) {
            return new MalformedAnswerException(place == null ? message : place + ": " + message);
        }
    };

    /** The exception that says what is wrong at {@code place}, or with the whole when that is null. */
    abstract RuntimeException error(@Nullable Place place, String message);
}
