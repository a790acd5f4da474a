package dev.llmgateway.routing;

/**
 * A model name in a rule or a card that leads nowhere.
 *
 * @param where what kind of entry it stands in
 * @param entry which one: an alias, a deprecated model's name, or a card's id
 * @param what what is wrong with it, as the end of a sentence about the entry
 * @param remedy what would be right
 */
public record NameProblem(Where where, String entry, String what, String remedy) {

    /** The kinds of entries. */
    public enum Where {
        ALIAS,
        /** The replacement of an operator's deprecation. */
        DEPRECATION,
        /** The replacement that a card names. */
        CARD
    }

    /** The whole sentence: {@code the alias "fast" stands for "gpt-4oo", which ...: did you mean gpt-4o?}. */
    public String sentence() {
        String which = switch (where) {
            case ALIAS -> "the alias \"" + entry + "\" ";
            case DEPRECATION -> "the deprecation of \"" + entry + "\" ";
            case CARD -> "the card \"" + entry + "\" ";
        };
        return which + what + ": " + remedy;
    }
}
