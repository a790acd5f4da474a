package dev.llmgateway.server.config;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.tomlj.MutableTomlArray;
import org.tomlj.MutableTomlTable;
import tools.jackson.databind.JsonNode;

/**
 * Reads parts of the configuration that are sent as JSON while the gateway runs: the members are the keys of the file,
 * and what is wrong is said as of the file, without lines. Unlike in the file, <code>${NAME}</code> stands for itself.
 */
public final class ConfigJson {
    /** No part of the configuration is nested deeper. */
    private static final int DEEPEST = 20;

    private ConfigJson() {}

    /**
     * Reads what would stand under {@code [[models]]}.
     *
     * @throws ConfigException with everything that is wrong in it, each problem with its field
     */
    public static ModelCardConfig card(JsonNode json) {
        return read("the model", json, card -> ModelCardConfig.read(card, new HashSet<>()));
    }

    /**
     * Reads what would stand under {@code [[providers]]}.
     *
     * @param resilience what holds where the provider says nothing else
     * @throws ConfigException with everything that is wrong in it, each problem with its field
     */
    public static ProviderConfig provider(JsonNode json, ResilienceConfig resilience) {
        return read("the provider", json, provider -> ProviderConfig.read(provider, resilience, new HashSet<>()));
    }

    private static <T> T read(String called, JsonNode json, Function<Section, T> reader) {
        if (!json.isObject()) {
            throw unusable(called, "the body is not a JSON object", "send one with the keys of the configuration file");
        }
        Reading reading = Reading.ofJson();
        T value = Section.readFile(table(called, json, 1), reading, reader);
        if (!reading.problems().isEmpty()) {
            throw new ConfigException(called, reading.problems());
        }
        return value;
    }

    private static MutableTomlTable table(String called, JsonNode object, int depth) {
        if (depth > DEEPEST) {
            throw unusable(called, "the body is nested too deeply", "the configuration needs a few levels only");
        }
        MutableTomlTable table = MutableTomlTable.create();
        object.properties().stream()
                .filter(member -> !member.getValue().isNull())
                .forEach(member -> table.set(List.of(member.getKey()), value(called, member.getValue(), depth)));
        return table;
    }

    /** The value as TOML has it. A number that is none there becomes one with a fraction, which counts are not. */
    private static Object value(String called, JsonNode value, int depth) {
        if (value.isObject()) {
            return table(called, value, depth + 1);
        }
        if (value.isArray()) {
            return list(called, value, depth + 1);
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isNumber()) {
            return value.decimalValue().doubleValue();
        }
        return value.isBoolean() ? value.booleanValue() : value.asString();
    }

    private static MutableTomlArray list(String called, JsonNode array, int depth) {
        if (depth > DEEPEST) {
            throw unusable(called, "the body is nested too deeply", "the configuration needs a few levels only");
        }
        MutableTomlArray list = MutableTomlArray.create();
        for (JsonNode entry : array) {
            list.add(value(called, entry, depth));
        }
        return list;
    }

    private static ConfigException unusable(String called, String what, String remedy) {
        return new ConfigException(called, List.of(new ConfigProblem(what, null, remedy)));
    }
}
