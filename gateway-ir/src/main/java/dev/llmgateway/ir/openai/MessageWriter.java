package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.codec.ClaudeCode;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.ReasoningField;
import dev.llmgateway.ir.codec.RawArguments;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/** Writes the conversation of a request. */
final class MessageWriter {

    private final ChatRequest request;
    private final ModelTraits traits;
    private final Losses losses;
    private final JsonWriter out;
    private final PartWriter parts;
    private final CacheMarks marks;
    private boolean written;

    MessageWriter(ChatRequest request, ModelTraits traits, Losses losses, JsonWriter out) {
        this.request = request;
        this.traits = traits;
        this.losses = losses;
        this.out = out;
        this.parts = new PartWriter(traits, losses, out);
        this.marks = new CacheMarks(traits, losses);
    }

    void write(TargetSettings settings) {
        List<Message> messages = ClaudeCode.withoutAttribution(request.messages());
        if (settings.formatInWords()) {
            messages = withFormat(messages, inWords(request.outputFormat()));
        }
        messages.forEach(message -> losses.addForeign(Losses.MESSAGE, message.extras()));
        out.array("messages");
        InstructionFolder.fold(messages, traits, losses).forEach(this::message);
        if (!written && !request.messages().isEmpty()) {
            throw ResponsesMembers.nothingLeft(losses.caller());
        }
        out.endArray();
    }

    private static List<Message> withFormat(List<Message> messages, String format) {
        int position = 0;
        while (position < messages.size() && InstructionFolder.isInstruction(messages.get(position))) {
            position++;
        }
        List<Message> all = new ArrayList<>(messages);
        all.add(position, Message.system(format));
        return all;
    }

    private static String inWords(OutputFormat format) {
        if (!(format instanceof OutputFormat.JsonSchema schema)) {
            return "Answer with one JSON object, and with nothing else.";
        }
        String description = schema.description() == null ? "" : schema.description() + "\n";
        return "Answer with one JSON object that satisfies this JSON Schema, and with nothing else:\n" + description
                + Json.writeString(schema.schema());
    }

    private void message(Message message) {
        switch (message.role()) {
            case SYSTEM, DEVELOPER, USER -> plain(message);
            case ASSISTANT -> assistant(message);
            case TOOL -> {
                written = true;
                new ToolResultWriter(traits, losses, out, parts).write(message);
            }
        }
    }

    private void plain(Message message) {
        boolean user = message.role() == Role.USER;
        written = true;
        out.object();
        out.text("role", user ? "user" : OpenAiRoles.instruction(message.role(), traits));
        parts.content(parts.writable(message.content()), user || traits.acceptsOpenAiExtras());
        members(message.extras());
        out.endObject();
    }

    private void assistant(Message message) {
        List<Content.Reasoning> thoughts = new ArrayList<>();
        List<Content> said = new ArrayList<>();
        List<Content.ToolCall> calls = new ArrayList<>();
        for (Content part : message.content()) {
            switch (part) {
                case Content.Reasoning thought -> thoughts.add(thought);
                case Content.ToolCall call -> calls.add(call);
                case Content.Text text -> said.add(text);
                case Content.Refusal refusal -> said.add(refusal);
                case Content.Image other -> said.add(other);
                case Content.Document other -> said.add(other);
                case Content.Audio other -> said.add(other);
                case Content.Vendor other -> {
                    if (other.dialect() == OPENAI_RESPONSES) {
                        losses.add(ResponsesMembers.itemName(other));
                    } else {
                        said.add(other);
                    }
                }
                case Content.Numbers other -> said.add(other);
                case Content.ToolResult ignored -> {}
            }
        }
        List<Content> writable = parts.writable(said);
        boolean emptied = calls.isEmpty() && writable.stream().allMatch(MessageWriter::isEmpty);
        if (emptied && !message.content().isEmpty()) {
            // An answer that broke off may have come no further than its thoughts.
            thoughts.forEach(losses::addReasoning);
            return;
        }
        written = true;
        out.object().text("role", "assistant");
        reasoning(thoughts);
        said(writable, !calls.isEmpty());
        calls(calls);
        members(message.extras());
        out.endObject();
    }

    private static boolean isEmpty(Content part) {
        return part instanceof Content.Text text && text.text().isEmpty();
    }

    /** Readable reasoning goes where the model takes it; sealed tokens only ever go back to their own vendor. */
    private void reasoning(List<Content.Reasoning> thoughts) {
        if (traits.reasoningField() == ReasoningField.NONE) {
            thoughts.forEach(losses::addReasoning);
            return;
        }
        StringBuilder all = new StringBuilder();
        for (Content.Reasoning thought : thoughts) {
            losses.addForeign(ResponsesMembers.prefix(thought, losses.caller()), thought.extras());
            losses.addSeal(thought.token());
            ResponseEncoder.think(thought.text(), all);
        }
        if (!all.isEmpty()) {
            out.text(
                    traits.reasoningField() == ReasoningField.REASONING ? "reasoning" : "reasoning_content",
                    all.toString());
        }
    }

    private void said(List<Content> writable, boolean callsFollow) {
        List<Content> content = writable;
        boolean refusesOnce = !writable.isEmpty()
                && writable.stream().filter(Content.Refusal.class::isInstance).count() == 1;
        String refusal = null;
        if (refusesOnce
                && writable.getLast() instanceof Content.Refusal last
                && last.extras().isEmpty()) {
            content = writable.subList(0, writable.size() - 1);
            refusal = last.text();
        }
        if (content.isEmpty() && (callsFollow || refusal != null)) {
            out.nothing("content");
        } else {
            parts.content(content, traits.acceptsOpenAiExtras());
        }
        out.optional("refusal", refusal);
    }

    private void calls(List<Content.ToolCall> calls) {
        if (calls.isEmpty()) {
            return;
        }
        out.array("tool_calls");
        for (Content.ToolCall call : calls) {
            String prefix = ResponsesMembers.prefix(call, losses.caller());
            losses.addForeign(prefix, call.extras());
            marks.nameUnlessPassed(prefix, call.extras());
            if (call.token() != null && !traits.isGoogleCompatible()) {
                losses.add("thought_signature");
            }
            String signature = ToolCallWriter.signature(call, call == calls.getFirst(), traits);
            ToolCallWriter.write(known(call), ToolCallWriter.id(call.id(), traits), signature, out);
        }
        out.endArray();
    }

    /** A call of a free-text tool is one of a function for those who only know functions. */
    private Content.ToolCall known(Content.ToolCall call) {
        boolean isFunction = !traits.acceptsOpenAiExtras() && FreeTextCalls.isMarked(call);
        Extras extras = marks.own(call.extras());
        return new Content.ToolCall(
                call.id(),
                call.name(),
                isFunction ? RawArguments.wrap(call.arguments()) : call.arguments(),
                call.token(),
                isFunction ? extras.without(FreeTextCalls.MARK) : extras);
    }

    private void members(Extras extras) {
        marks.nameUnlessPassed(Losses.MESSAGE, extras);
        out.members(marks.own(extras).of(OPENAI_CHAT));
    }
}
