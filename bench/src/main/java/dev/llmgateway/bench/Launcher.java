package dev.llmgateway.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Knows how each kind of contender is started in front of the mock upstream. */
final class Launcher {
    private static final String GATEWAY_MAIN = "dev.llmgateway.cli.Main";
    private static final String HEAP = "-Xmx256m";

    /** Everything that can be switched on for a request, with limits that are never reached. */
    private static final String ALL_ON = """
            [key_map.bench]
            label = "bench"

            [rate_limit]
            enabled = true
            [rate_limit.default_limits]
            rpm = 2000000000
            tpm = 2000000000
            rpd = 2000000000
            concurrent = 100000

            [provider_quota]
            enabled = true
            [provider_quota.provider_limits.mock-openai]
            rpm = 2000000000
            tpm = 2000000000
            [provider_quota.provider_limits.mock-anthropic]
            rpm = 2000000000
            tpm = 2000000000
            [provider_quota.provider_limits.mock-responses]
            rpm = 2000000000
            tpm = 2000000000

            [cache]
            enabled = true

            [resilience.hedge]
            enabled = true

            """;

    private static final String COMPLIANCE = """
            [sanitization]
            enabled = true
            redact_pii = true
            compliance_gate = true

            """;

    private final Path directory;
    private final Pinning pinning;
    private final String gatewayCommand;

    /**
     * @param directory for configuration files and logs
     * @param gatewayCommand what starts the gateway, {@code serve ...} to be appended; empty for this program's own class path
     */
    Launcher(Path directory, Pinning pinning, String gatewayCommand) {
        this.directory = directory;
        this.pinning = pinning;
        this.gatewayCommand = gatewayCommand;
    }

    /** Whether the kind can be started here. */
    boolean isAvailable(Kind kind) {
        return switch (kind) {
            case DIRECT, BARE, BARE_TIMEOUTS -> true;
            case NGINX -> onPath("nginx");
            case GATEWAY, GATEWAY_ALL_ON, GATEWAY_COMPLIANCE -> !gatewayCommand.isEmpty() || hasGatewayClass();
            case GATEWAY_UNWATCHED -> hasGatewayClass();
        };
    }

    /** Starts the mock upstream beside the load generator. */
    ChildProcess upstream(int port) throws IOException {
        return ChildProcess.start(pinning.onLoad(java(MockUpstream.class.getName(), port)), log("upstream"));
    }

    /** Starts a contender; pinned to its own processor, or with all of them as a server usually runs. */
    ChildProcess launch(Kind kind, int port, int upstreamPort, boolean pinned) throws IOException {
        List<String> command = switch (kind) {
            case DIRECT -> throw new IllegalArgumentException("a direct connection is not a process");
            case BARE -> java(BareProxy.class.getName(), port, upstreamPort);
            case BARE_TIMEOUTS -> java(BareProxy.class.getName(), port, upstreamPort, "--timeouts");
            case NGINX -> nginx(port, upstreamPort);
            case GATEWAY -> serve(config(kind, port, upstreamPort, ""));
            case GATEWAY_UNWATCHED -> java(UnwatchedGateway.class.getName(), config(kind, port, upstreamPort, ""));
            case GATEWAY_ALL_ON -> serve(config(kind, port, upstreamPort, ALL_ON));
            case GATEWAY_COMPLIANCE -> serve(config(kind, port, upstreamPort, COMPLIANCE));
        };
        return ChildProcess.start(pinned ? pinning.onContender(command) : pinning.onAll(command), log(kind.label()));
    }

    /** Where the output of a process goes. */
    Path log(String name) {
        return directory.resolve(name + ".log");
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static List<String> java(String mainClass, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        return command;
    }

    private List<String> serve(Path config) {
        List<String> command = gatewayCommand.isEmpty()
                ? java(GATEWAY_MAIN)
                : new ArrayList<>(List.of(gatewayCommand.strip().split("\\s+", -1)));
        command.addAll(List.of("serve", "--config", config.toString()));
        return command;
    }

    private Path config(Kind kind, int port, int upstreamPort, String more) throws IOException {
        Path config = directory.resolve(kind.label() + ".toml");
        return Files.writeString(config, more + """
                [server]
                host = "127.0.0.1"
                port = %1$d

                [[providers]]
                id = "mock-openai"
                provider_type = "openai"
                api_key = "bench"
                endpoint = "http://127.0.0.1:%2$d/v1"

                [[providers]]
                id = "mock-anthropic"
                provider_type = "anthropic"
                api_key = "bench"
                endpoint = "http://127.0.0.1:%2$d"

                [[providers]]
                id = "mock-responses"
                provider_type = "openai"
                api = "responses"
                api_key = "bench"
                endpoint = "http://127.0.0.1:%2$d/v1"
                """.formatted(port, upstreamPort));
    }

    private List<String> nginx(int port, int upstreamPort) throws IOException {
        Path home = Files.createDirectories(directory.resolve("nginx"));
        Path config = home.resolve("nginx.conf");
        Files.writeString(config, NginxConfig.text(home, port, upstreamPort));
        return List.of("nginx", "-p", home.toString(), "-e", "stderr", "-c", config.toString());
    }

    private static boolean hasGatewayClass() {
        return Launcher.class.getClassLoader().getResource(GATEWAY_MAIN.replace('.', '/') + ".class") != null;
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }
}
