package dev.llmgateway.ir.json;

import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one JSON configuration. Duplicate keys are refused, because two readers could disagree about which of them counts;
 * decimals keep every digit. Thread safe.
 */
public final class Json {

    /** Deeper documents are refused: recursion over them could exhaust the stack. */
    public static final int MAX_DEPTH = 500;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** What Jackson says to programmers: names of its settings, and of places that it does not show. */
    private static final Pattern FOR_PROGRAMMERS = Pattern.compile(
            ", from `[^`]*`|: enable `[^`]*` to allow| for `ObjectNode`: not allowed when .*| \\(start marker at .*");

    private Json() {}

    /** The shared mapper, for generators and for building nodes. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Parses one JSON value.
     *
     * @throws InvalidJsonException when the bytes are not one JSON value in UTF-8
     */
    public static JsonNode parse(byte[] utf8) {
        try (JsonParser parser = MAPPER.createParser(utf8)) {
            return parseAll(parser);
        } catch (JacksonException e) {
            throw invalid(e);
        } catch (NumberFormatException e) {
            throw numberTooLarge();
        }
    }

    /**
     * Parses one JSON value.
     *
     * @throws InvalidJsonException when the text is not one JSON value
     */
    public static JsonNode parse(String text) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            return parseAll(parser);
        } catch (JacksonException e) {
            throw invalid(e);
        } catch (NumberFormatException e) {
            throw numberTooLarge();
        }
    }

    /**
     * Lets somebody read a JSON value token by token, with no tree of it.
     *
     * @param reader gets a parser that stands before the first token
     * @throws InvalidJsonException when it comes upon something that is no JSON
     */
    public static <T> T read(byte[] utf8, Function<JsonParser, T> reader) {
        try (JsonParser parser = MAPPER.createParser(utf8)) {
            return reader.apply(parser);
        } catch (JacksonException e) {
            throw invalid(e);
        } catch (NumberFormatException e) {
            throw numberTooLarge();
        }
    }

    private static JsonNode parseAll(JsonParser parser) {
        JsonNode node = MAPPER.readTree(parser);
        if (node == null || node.isMissingNode()) {
            throw new InvalidJsonException("the body is empty: expected a JSON value");
        }
        if (parser.nextToken() != null) {
            throw new InvalidJsonException("there is more text after the JSON value");
        }
        return node;
    }

    /** Serialises a node without white space. */
    public static byte[] write(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** Serialises a node without white space. */
    public static String writeString(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** An exponent beyond what a decimal can hold is not reported as Jackson's other complaints are. */
    static InvalidJsonException numberTooLarge() {
        return new InvalidJsonException("a number is too large or too small");
    }

    static InvalidJsonException invalid(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        String where =
                at == null || at.getLineNr() < 1 ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new InvalidJsonException("not valid JSON" + where + ": " + reason(e));
    }

    /** Jackson's own first sentence for syntax errors; it names the character or token but not the document's content. */
    private static String reason(JacksonException e) {
        String message = e.getOriginalMessage();
        if (message == null) {
            return "unreadable";
        }
        if (e instanceof StreamReadException && message.startsWith("Unrecognized token")) {
            return "unrecognized token";
        }
        String first = message.lines().findFirst().orElse("unreadable");
        return FOR_PROGRAMMERS.matcher(first).replaceAll("");
    }
}
