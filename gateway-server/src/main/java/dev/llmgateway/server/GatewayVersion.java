package dev.llmgateway.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this build. */
public final class GatewayVersion {

    private static final String CURRENT = read();

    private GatewayVersion() {}

    /** The version as in {@code 0.3.1}, without a mark of an unreleased build. */
    public static String current() {
        return CURRENT;
    }

    private static String read() {
        try (InputStream in = GatewayVersion.class.getResourceAsStream("version.txt")) {
            if (in == null) {
                throw new IllegalStateException("the resource version.txt is missing");
            }
            String version = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return version.endsWith("-SNAPSHOT") ? version.substring(0, version.length() - 9) : version;
        } catch (IOException e) {
            throw new UncheckedIOException("the resource version.txt cannot be read", e);
        }
    }
}
