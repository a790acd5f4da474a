package dev.llmgateway.server.config;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${NAME}</code> in a string of the file by the environment variable's value; <code>$${</code> stands
 * for a plain <code>${</code>. Values are inserted as they are and not looked at again.
 */
final class EnvironmentTemplate {
    private final Environment environment;

    EnvironmentTemplate(Environment environment) {
        this.environment = environment;
    }

    /**
     * Returns the text with its variables replaced, or null when that is not possible; then {@code problem} was told
     * why, in words that show no value.
     */
    @Nullable
    String expand(String text, Consumer<String> problem) {
        StringBuilder result = new StringBuilder(text.length());
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            if (at > from && text.charAt(at - 1) == '$') {
                result.append(text, from, at - 1).append("${");
                from = at + 2;
                continue;
            }
            int end = text.indexOf('}', at);
            String name = end < 0 ? "" : text.substring(at + 2, end);
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                problem.accept("expected a variable's name as in ${OPENAI_API_KEY}; write $${ for a plain ${");
                return null;
            }
            String value = environment.lookup(name);
            if (value == null) {
                problem.accept("environment variable '" + name + "' is not set; set it or write the value here");
                return null;
            }
            result.append(text, from, at).append(value);
            from = end + 1;
        }
        return result.append(text, from, text.length()).toString();
    }
}
