package dev.llmgateway.api.routing;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A candidate that is out, and why. The sentence is made when it is asked for.
 */
public record Elimination(Candidate candidate, Reason reason) {

    /** Why, for people: "needs vision; card says no". */
    public String sentence() {
        return reason.sentence();
    }

    /** Why a candidate is out. */
    public sealed interface Reason {

        /** The reason as a clause for people, without the model's name. */
        String sentence();

        /**
         * It is not served any more.
         *
         * @param on since when; null when not known
         * @param replacement the card to use instead; null when none is named
         */
        record Retired(@Nullable LocalDate on, @Nullable String replacement) implements Reason {
            @Override
            public String sentence() {
                return "is retired" + (on == null ? "" : " since " + on)
                        + (replacement == null ? "" : "; its replacement is " + replacement);
            }
        }

        /** The provider listed it once and does not any more. */
        record Delisted() implements Reason {
            @Override
            public String sentence() {
                return "is no longer in its provider's model list";
            }
        }

        /** It could serve the request, but cannot be asked now. */
        record Unavailable(TargetState.Unavailable state) implements Reason {
            @Override
            public String sentence() {
                return state.sentence();
            }
        }

        /**
         * It does not chat.
         *
         * @param embeds whether that is because it embeds texts; else its vendor serves it by another API only
         */
        record NoChat(boolean embeds) implements Reason {
            @Override
            public String sentence() {
                return embeds ? "makes embeddings and does not chat" : "is served by another API than chat only";
            }
        }

        /** It may not see data of this level. */
        record NotAuthorised(DataClassification needed, Set<DataClassification> authorised) implements Reason {
            @Override
            public String sentence() {
                String levels = authorised.stream()
                        .sorted()
                        .map(DataClassification::word)
                        .collect(Collectors.joining(", "));
                return "data is " + needed.word() + "; authorised for " + (levels.isEmpty() ? "none" : levels);
            }
        }

        /**
         * It cannot do something that is needed.
         *
         * @param known false when nobody has said whether it can
         */
        record Lacks(Capability capability, boolean known) implements Reason {
            @Override
            public String sentence() {
                return "needs " + capability.word() + "; card " + (known ? "says no" : "does not say");
            }
        }

        /** The request does not fit its context window. In tokens. */
        record WindowTooSmall(long window, long needed) implements Reason {
            @Override
            public String sentence() {
                return "needs about " + needed + " tokens; its context window holds " + window;
            }
        }

        /** It cannot write as much as was asked for. In tokens. */
        record OutputTooShort(long limit, long asked) implements Reason {
            @Override
            public String sentence() {
                return asked + " output tokens are asked for; it writes at most " + limit;
            }
        }

        /** It would cost more than allowed. In US dollars. */
        record TooDear(double cost, double ceiling) implements Reason {
            @Override
            public String sentence() {
                return "would cost about $" + dollars(cost) + "; the ceiling is $" + dollars(ceiling);
            }
        }

        /** There is a ceiling, and nobody knows its price. In US dollars. */
        record PriceUnknown(double ceiling) implements Reason {
            @Override
            public String sentence() {
                return "has no known price; the ceiling is $" + dollars(ceiling);
            }
        }

        /**
         * Its first token takes too long. In milliseconds.
         *
         * @param live whether this was measured here, lately
         */
        record TooSlow(long ttft, long limit, boolean live) implements Reason {
            @Override
            public String sentence() {
                return "takes " + ttft + " ms to its first token (" + (live ? "measured here" : "card")
                        + "); the limit is " + limit + " ms";
            }
        }

        /** What is less than the sixth decimal shows would look like nothing at all. */
        private static String dollars(double amount) {
            if (amount == 0 || amount >= 0.01) {
                return String.format(Locale.ROOT, "%.4f", amount);
            }
            return String.format(Locale.ROOT, amount < 0.000001 ? "%.1e" : "%.6f", amount);
        }
    }
}
