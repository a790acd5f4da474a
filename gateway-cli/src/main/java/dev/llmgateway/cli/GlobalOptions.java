package dev.llmgateway.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The options that every command takes, before or after its name. Filled in by the parser. */
final class GlobalOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "<PATH>",
            scope = ScopeType.INHERIT,
            description = "Path to the configuration file [default: config.toml]")
    private @Nullable Path config;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "<PORT>",
            scope = ScopeType.INHERIT,
            converter = PortNumber.class,
            description = "Listen on this port instead of the configured one; 0 takes any free one")
    private @Nullable Integer port;

    /** The file that was named, or null. */
    @Nullable
    Path config() {
        return config;
    }

    /** The port that was asked for, or null. */
    @Nullable
    Integer port() {
        return port;
    }

    /** Reads a port number. */
    static final class PortNumber implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
                return Integer.valueOf(text);
            }
            throw new TypeConversionException("'" + text + "' is not a port number from 0 to 65535");
        }
    }
}
