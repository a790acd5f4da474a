package dev.llmgateway.ir.codec;

import java.util.HashSet;
import java.util.Set;

/**
 * Gives every tool call of one answer an id that a later turn can refer to. Google's endpoint has been seen to send empty
 * ids, Kimi's the id {@code 0} in every answer; both are replaced, and so is the second of two equal ids. For one answer. Not thread safe.
 */
public final class AnswerCallIds {

    private final Set<String> used = new HashSet<>();

    /** The id that was sent if it serves, else a new one. */
    public String choose(String sent) {
        boolean serves = !sent.isBlank() && !isNumber(sent) && used.add(sent);
        return serves ? sent : ToolCallIds.mint();
    }

    private static boolean isNumber(String id) {
        return id.chars().allMatch(Character::isDigit);
    }
}
