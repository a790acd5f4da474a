package dev.llmgateway.ir.text;

import dev.llmgateway.ir.text.JsonTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Texts inside JSON text, such as the arguments of a tool call: every string value, every name and every number (a card's
 * number may be one). What changes is spliced in; all other bytes stay as they are, white space and duplicate names
 * included. JSON stays JSON: a number that changes becomes a string, and of two names that become the same the second gets
 * a number at its end.
 *
 * <p>What is no JSON (models write such arguments), has more text behind its end, or is nested deeper than 10,000 levels is
 * one plain text. Linear in time, without recursion. Thread safe.
 */
public final class JsonTexts {

    /** Says what is to stand in the place of a text in JSON. */
    @FunctionalInterface
    public interface MemberMapper {

        /**
         * The text to stand there instead; an equal one when nothing is to change.
         *
         * @param name the name of the nearest member around the value; null for a name itself, and outside of objects
         */
        String map(@Nullable String name, String text);
    }

    /** What is open at one depth: an object or array, and the name that its values go by. */
    private static final class Level {
        private @Nullable String name;
        private @Nullable FreeNames replaced;
    }

    private final String json;
    private final JsonTokens tokens;
    private final MemberMapper mapper;
    private final List<Level> levels = new ArrayList<>();
    private @Nullable StringBuilder out;
    private int copied;

    private JsonTexts(String json, MemberMapper mapper) {
        this.json = json;
        this.tokens = new JsonTokens(json);
        this.mapper = mapper;
        levels.add(new Level());
    }

    /** Whether the text is one JSON value, by RFC 8259 to the letter. */
    public static boolean isJson(String text) {
        JsonTokens tokens = new JsonTokens(text);
        Token token = tokens.next();
        while (token != Token.END && token != Token.INVALID) {
            token = tokens.next();
        }
        return token == Token.END;
    }

    /** The JSON text with its texts mapped; the same instance when none changed. */
    public static String map(String json, UnaryOperator<String> mapper) {
        return mapMembers(json, (name, text) -> mapper.apply(text));
    }

    /** The JSON text with its texts mapped by a mapper that is told their names; the same instance when none changed. */
    public static String mapMembers(String json, MemberMapper mapper) {
        if (isJson(json)) {
            return new JsonTexts(json, mapper).map();
        }
        String mapped = json.isEmpty() ? json : mapper.map(null, json);
        return mapped.equals(json) ? json : mapped;
    }

    private String map() {
        for (Token token = tokens.next(); token != Token.END; token = tokens.next()) {
            switch (token) {
                case OPEN -> open();
                case NAME -> name();
                case STRING, NUMBER -> value();
                case CLOSE -> {}
                case END, INVALID -> throw new IllegalStateException("the text was checked to be JSON");
            }
        }
        return out == null ? json : out.append(json, copied, json.length()).toString();
    }

    private Level level() {
        return levels.get(tokens.depth());
    }

    private void open() {
        String outer = levels.get(tokens.depth() - 1).name;
        if (levels.size() == tokens.depth()) {
            levels.add(new Level());
        }
        Level level = level();
        level.name = outer;
        level.replaced = null;
    }

    private void name() {
        Level level = level();
        String name = tokens.text();
        level.name = name;
        String mapped = mapper.map(null, name);
        if (!mapped.equals(name)) {
            level.replaced = Objects.requireNonNullElseGet(level.replaced, FreeNames::new);
            replace(level.replaced.take(mapped));
        }
    }

    private void value() {
        String text = tokens.text();
        String mapped = mapper.map(level().name, text);
        if (!mapped.equals(text)) {
            replace(mapped);
        }
    }

    private void replace(String text) {
        StringBuilder spliced = out == null ? new StringBuilder(json.length() + 64) : out;
        spliced.append(json, copied, tokens.start());
        JsonStrings.quote(text, spliced);
        copied = tokens.end();
        out = spliced;
    }
}
