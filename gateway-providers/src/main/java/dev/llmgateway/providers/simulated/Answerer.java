package dev.llmgateway.providers.simulated;

import dev.llmgateway.providers.simulated.Answer.Call;
import dev.llmgateway.providers.simulated.Answer.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/** Decides what to say to a prompt. The same prompt always gets the same answer. */
final class Answerer {
    private static final int MAX_ECHO = 200;
    private static final int MAX_CALLS = 4;
    private static final Pattern SEVERAL = Pattern.compile("(?i)\\b(parallel|several|both|each)\\b");
    private static final Pattern NAME = Pattern.compile("\\b\\p{Lu}\\p{L}+");
    private static final Pattern COMMANDED = Pattern.compile("\\bsim-call (\\S+) (?=\\{)");
    private static final Pattern TALKING = Pattern.compile("\\bsim-talk\\b");
    private static final ObjectReader FIRST_VALUE =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern BEFORE_WORD = Pattern.compile("(?<=\\S)(?=\\s+\\S)");

    private final String label;

    Answerer(String label) {
        this.label = label;
    }

    /** @param words the length of a text answer, or 0 for one that repeats the prompt */
    Answer answer(Prompt prompt, int words) {
        String thinking = prompt.output().thinking() == Prompt.Thinking.NONE ? "" : "Thinking about it for a moment.";
        int tokens = prompt.input().tokens();
        List<Prompt.Tool> tools = prompt.tools().callable();
        if (!tools.isEmpty() && prompt.input().toolResults().isEmpty()) {
            return new Answer(thinking, before(prompt.input()), calls(prompt), Stop.TOOLS, null, tokens);
        }
        JsonNode schema = prompt.output().schema();
        String text = schema != null ? json(schema, prompt) : words > 0 ? filler(words) : text(prompt.input());
        return finish(thinking, text, prompt);
    }

    /** What is said before the calls, in pieces. */
    private List<String> before(Prompt.Input input) {
        return TALKING.matcher(input.userText()).find()
                ? List.of(BEFORE_WORD.split("[simulated " + label + "] I will look that up."))
                : List.of();
    }

    private List<Call> calls(Prompt prompt) {
        String text = prompt.input().userText();
        List<Prompt.Tool> tools = prompt.tools().callable();
        Call commanded = commanded(text, tools);
        if (commanded != null) {
            return List.of(commanded);
        }
        List<String> names = names(text);
        List<Call> calls = new ArrayList<>();
        if (!prompt.tools().parallel() || !SEVERAL.matcher(text).find()) {
            Prompt.Tool wanted = tools.stream()
                    .filter(tool -> text.contains(tool.name()))
                    .findFirst()
                    .orElse(tools.getFirst());
            return List.of(call(wanted, names));
        }
        int count = Math.min(MAX_CALLS, tools.size() > 1 ? tools.size() : Math.max(2, names.size()));
        for (int i = 0; i < count; i++) {
            String word = i < names.size() ? names.get(i) : "sample-" + (i + 1);
            calls.add(call(tools.get(i % tools.size()), List.of(word)));
        }
        return calls;
    }

    /** The call that the prompt dictates, or null. */
    private static @Nullable Call commanded(String text, List<Prompt.Tool> tools) {
        Matcher command = COMMANDED.matcher(text);
        if (!command.find()) {
            return null;
        }
        try {
            String arguments = Json.write(FIRST_VALUE.readTree(text.substring(command.end())));
            return tools.stream()
                    .filter(tool -> tool.name().equals(command.group(1)))
                    .findFirst()
                    .map(tool -> new Call(tool, arguments))
                    .orElse(null);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Call call(Prompt.Tool tool, List<String> words) {
        List<String> filling = words.isEmpty() ? List.of("sample") : words;
        if (tool.takesFreeText()) {
            return new Call(tool, "free text: " + String.join(" ", filling));
        }
        return new Call(tool, Json.write(new SchemaSampler(tool.schema(), filling).sample()));
    }

    /** The words with a capital that do not begin a sentence, for want of a better understanding of the prompt. */
    private static List<String> names(String text) {
        return NAME.matcher(text)
                .results()
                .filter(match -> match.start() > 1 && ".!?\n".indexOf(text.charAt(match.start() - 2)) < 0)
                .map(match -> match.group())
                .distinct()
                .toList();
    }

    private String json(JsonNode schema, Prompt prompt) {
        if (schema.isEmpty()) {
            return Json.write(Json.object()
                    .put("simulated", label)
                    .put("echo", shortened(prompt.input().userText())));
        }
        return Json.write(new SchemaSampler(schema, List.of("simulated " + label)).sample());
    }

    private String text(Prompt.Input input) {
        StringBuilder text = new StringBuilder("[simulated ").append(label).append("] ");
        if (!input.toolResults().isEmpty()) {
            return text.append("The tool said: ")
                    .append(shortened(String.join(" | ", input.toolResults())))
                    .toString();
        }
        if (input.images() > 0) {
            text.append("I saw ")
                    .append(input.images() == 1 ? "an image" : input.images() + " images")
                    .append(". ");
        }
        return text.append("You said: ").append(shortened(input.userText())).toString();
    }

    private String filler(int words) {
        StringBuilder text = new StringBuilder("[simulated ").append(label).append("]");
        for (int i = 1; i < words; i++) {
            text.append(" word").append(i);
        }
        return text.toString();
    }

    private static Answer finish(String thinking, String whole, Prompt prompt) {
        String text = whole;
        String sequence = null;
        for (String stop : prompt.output().stops()) {
            int at = stop.isEmpty() ? -1 : text.indexOf(stop);
            if (at >= 0) {
                text = text.substring(0, at);
                sequence = stop;
            }
        }
        List<String> pieces = List.of(BEFORE_WORD.split(text));
        Stop stop = sequence == null ? Stop.END : Stop.SEQUENCE;
        if (pieces.size() > prompt.output().maxTokens()) {
            pieces = pieces.subList(0, prompt.output().maxTokens());
            stop = Stop.LENGTH;
            sequence = null;
        }
        return new Answer(
                thinking, pieces, List.of(), stop, sequence, prompt.input().tokens());
    }

    private static String shortened(String text) {
        if (text.length() <= MAX_ECHO) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_ECHO - 1)) ? MAX_ECHO - 1 : MAX_ECHO;
        return text.substring(0, end) + "...";
    }
}
