package dev.llmgateway.cli.demo;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request to the gateway. The command that people read and the call that the demo makes both come from it, so that they
 * cannot differ.
 *
 * @param curlOption how curl is to show the answer: {@code -i} with its headers, {@code -N} as it arrives
 * @param headers in order; the content type, which all requests have, is not among them
 * @param body JSON, laid out as it is to be read
 */
record HttpCall(String curlOption, String path, List<Header> headers, String body) {

    private static final Header JSON = new Header("content-type", "application/json");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    record Header(String name, String value) {}

    HttpCall {
        headers = List.copyOf(headers);
    }

    /** The command for a POSIX shell, several lines long. */
    String curl(URI gateway) {
        StringBuilder command = new StringBuilder("curl " + curlOption + " " + gateway + path);
        allHeaders().forEach(header -> argument(command, "-H", header.name() + ": " + header.value()));
        argument(command, "-d", body);
        return command.toString();
    }

    HttpRequest request(URI gateway) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.resolve(path)).timeout(PATIENCE).POST(BodyPublishers.ofString(body));
        allHeaders().forEach(header -> request.header(header.name(), header.value()));
        return request.build();
    }

    private List<Header> allHeaders() {
        return Stream.concat(Stream.of(JSON), headers.stream()).toList();
    }

    private static void argument(StringBuilder command, String option, String value) {
        command.append(" \\\n  ")
                .append(option)
                .append(" '")
                .append(value.replace("'", "'\\''"))
                .append('\'');
    }
}
