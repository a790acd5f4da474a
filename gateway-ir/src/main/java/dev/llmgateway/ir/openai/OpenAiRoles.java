package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.InstructionRole;

/** Roles by their names on the wire. */
final class OpenAiRoles {

    private OpenAiRoles() {}

    static String nameOf(Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case DEVELOPER -> "developer";
            case USER -> "user";
            case ASSISTANT -> "assistant";
            case TOOL -> "tool";
        };
    }

    /** The role under which the target takes instructions. OpenAI and its close copies take both names for it. */
    static String instruction(Role role, ModelTraits traits) {
        InstructionRole wanted = traits.instructionRole();
        if (wanted == InstructionRole.SYSTEM && traits.acceptsOpenAiExtras()) {
            return nameOf(role);
        }
        return switch (wanted) {
            case SYSTEM -> "system";
            case DEVELOPER -> "developer";
            case USER -> "user";
        };
    }
}
