package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.InstructionRole;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves instructions into user turns, inside a tag, for targets that take none in their place: all of them when the target
 * knows no role for them, those behind the first other turn when it only takes them at the start. They go to the front of
 * the next user turn; between a tool call and its result nothing may stand, so there they wait.
 */
final class InstructionFolder {

    private final List<Message> folded = new ArrayList<>();
    private final List<Content> waiting = new ArrayList<>();

    private final Losses losses;

    private InstructionFolder(Losses losses) {
        this.losses = losses;
    }

    static List<Message> fold(List<Message> messages, ModelTraits traits, Losses losses) {
        boolean all = traits.instructionRole() == InstructionRole.USER;
        boolean parts =
                losses.caller() != Dialect.OPENAI_CHAT && messages.stream().anyMatch(InstructionFolder::hasOthers);
        if (!all && !parts && traits.acceptsMidInstructions()) {
            return messages;
        }
        InstructionFolder folder = new InstructionFolder(losses);
        boolean leading = true;
        for (Message message : messages) {
            boolean instruction = isInstruction(message);
            leading = leading && instruction;
            if (instruction && (all || !leading && !traits.acceptsMidInstructions())) {
                folder.instruction(message);
            } else if (parts && hasOthers(message)) {
                folder.apart(message);
            } else {
                folder.turn(message);
            }
        }
        folder.release();
        return folder.folded;
    }

    static boolean isInstruction(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    private static boolean hasOthers(Message message) {
        return isInstruction(message) && message.content().stream().anyMatch(part -> !(part instanceof Content.Text));
    }

    /** OpenAI takes no images and files in the instructions of this format, as it does in those of Responses. */
    private void apart(Message message) {
        List<Content> texts = message.content().stream()
                .filter(Content.Text.class::isInstance)
                .toList();
        if (!texts.isEmpty()) {
            folded.add(message.withContent(texts));
        }
        message.content().stream()
                .filter(part -> !(part instanceof Content.Text))
                .forEach(waiting::add);
    }

    private void instruction(Message message) {
        StringBuilder text = new StringBuilder();
        List<Content> others = new ArrayList<>(0);
        for (Content part : message.content()) {
            if (part instanceof Content.Text t) {
                text.append(text.isEmpty() ? "" : "\n").append(t.text());
                losses.addForeign(Losses.PART, part.extras());
                losses.addMark(Lost.CACHE_MARK, Losses.PART, part.extras());
            } else {
                others.add(part);
            }
        }
        message.extras().of(Dialect.OPENAI_CHAT).forEach((name, value) -> {
            if (!value.isNull()) {
                losses.add(Losses.MESSAGE + name);
            }
        });
        if (!text.isEmpty()) {
            waiting.add(new Content.Text("<instructions>\n" + text + "\n</instructions>"));
        }
        // What is no text (an image, say) follows the tag.
        waiting.addAll(others);
    }

    private void turn(Message message) {
        switch (message.role()) {
            case USER -> {
                List<Content> content = new ArrayList<>(waiting);
                content.addAll(message.content());
                waiting.clear();
                folded.add(message.withContent(content));
            }
            case TOOL, SYSTEM, DEVELOPER -> folded.add(message);
            case ASSISTANT -> {
                release();
                folded.add(message);
            }
        }
    }

    private void release() {
        if (!waiting.isEmpty()) {
            folded.add(new Message(Role.USER, waiting));
            waiting.clear();
        }
    }
}
