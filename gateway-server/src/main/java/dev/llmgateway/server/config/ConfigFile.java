package dev.llmgateway.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/** Reads the configuration file, all of it or nothing. */
public final class ConfigFile {
    private static final int LARGEST_FILE = 4 * 1024 * 1024;

    private ConfigFile() {}

    /**
     * Reads a file.
     *
     * @param file TOML 1.0 in UTF-8, at most 4 MiB
     * @param environment where {@code ${NAME}} in strings is looked up, usually {@code System::getenv}
     * @throws ConfigException with everything that is wrong in it
     */
    public static GatewayConfig load(Path file, Environment environment) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST_FILE + 1);
        } catch (NoSuchFileException missing) {
            throw unusable(file.toString(), "there is no such file", "check the path given with --config");
        } catch (IOException | SecurityException unreadable) {
            throw unusable(file.toString(), "the file cannot be read", "check that it is a file with read permission");
        }
        if (bytes.length > LARGEST_FILE) {
            throw unusable(file.toString(), "the file is larger than 4 MiB", "is it the right one?");
        }
        return parse(file.toString(), decode(file.toString(), bytes), environment);
    }

    /**
     * Reads the text of a file.
     *
     * @param file the file's name for messages
     * @param text its text
     * @param environment where {@code ${NAME}} in strings is looked up
     * @throws ConfigException with everything that is wrong in it
     */
    public static GatewayConfig parse(String file, String text, Environment environment) {
        Reading reading = new Reading(environment);
        GatewayConfig config = read(file, text, reading);
        if (!reading.problems().isEmpty()) {
            throw new ConfigException(file, reading.problems());
        }
        return config.markWithoutEffect(NotBuiltYet.among(reading.set()));
    }

    static GatewayConfig read(String file, String text, Reading reading) {
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        TomlParseResult toml = Toml.parse(withoutMark);
        if (toml.hasErrors()) {
            throw new ConfigException(file, syntaxProblems(toml));
        }
        return Section.readFile(toml, reading, GatewayConfig::read);
    }

    private static String decode(String file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw unusable(file, "the file is not UTF-8 text", "save it as UTF-8");
        }
    }

    private static ConfigException unusable(String file, String what, String remedy) {
        return new ConfigException(file, List.of(new ConfigProblem(what, null, remedy)));
    }

    private static List<ConfigProblem> syntaxProblems(TomlParseResult toml) {
        return toml.errors().stream()
                .sorted(Comparator.<TomlParseError>comparingInt(
                                it -> it.position().line())
                        .thenComparingInt(it -> it.position().column()))
                .map(it ->
                        new ConfigProblem("not valid TOML", it.position().toString(), withoutContent(it.getMessage())))
                .distinct()
                .toList();
    }

    /** The parser quotes what it stumbled over, which may be part of a key without its quotes. */
    private static String withoutContent(@Nullable String message) {
        if (message == null) {
            return "it cannot be parsed";
        }
        if (message.contains(" previously defined at ")) {
            return "defined twice, first at" + message.substring(message.lastIndexOf(" at ") + 3);
        }
        String plain = message.replaceFirst("(?s)^Unexpected '(?!\\\\u).{2,}', expected", "unexpected text, expected");
        return plain.endsWith("expected a value") ? plain + " (text stands in quotes)" : plain;
    }
}
