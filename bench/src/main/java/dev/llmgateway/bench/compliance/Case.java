package dev.llmgateway.bench.compliance;

import dev.llmgateway.compliance.Finding;
import dev.llmgateway.compliance.detect.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A recorded text, and where its findings are; the README beside the files tells of their members.
 *
 * @param family what the case calls the kind of its findings
 * @param core whether it is personal data of a kind that every scanner must know
 * @param kind what the scanner calls personal data of the family; null for credentials, which may be found as any kind
 */
record Case(
        String id,
        String family,
        boolean positive,
        String tier,
        boolean core,
        String text,
        List<Span> spans,
        @Nullable Kind kind) {

    private static final Path DIRECTORY = Path.of("gateway-compliance/src/test/resources/compliance");

    record Span(int start, int end) {}

    /**
     * Whether one of the findings lies over one of the spans; for personal data, one of the right kind. Some cases say only that
     * there is something.
     */
    boolean isFoundBy(List<Finding> findings) {
        return findings.stream()
                .filter(it -> kind == null || it.kind().equals(kind))
                .anyMatch(it -> spans.isEmpty()
                        || spans.stream().anyMatch(span -> it.start() < span.end() && span.start() < it.end()));
    }

    /** Whether the case is found, and the findings cover all spans to the last character. */
    boolean isCoveredBy(List<Finding> findings) {
        return isFoundBy(findings)
                && spans.stream()
                        .allMatch(span ->
                                findings.stream().anyMatch(it -> it.start() <= span.start() && it.end() >= span.end()));
    }

    static List<Case> secrets() throws IOException {
        return read("secrets", false);
    }

    static List<Case> personalData() throws IOException {
        return read("pii", true);
    }

    private static List<Case> read(String name, boolean personal) throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        List<Case> cases = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DIRECTORY.resolve(name + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                cases.add(parse(json.readTree(line), personal));
            }
        }
        return List.copyOf(cases);
    }

    private static Case parse(JsonNode line, boolean personal) {
        List<Span> spans = new ArrayList<>();
        line.path("spans")
                .forEach(it -> spans.add(new Span(it.get(0).asInt(), it.get(1).asInt())));
        return new Case(
                line.get("id").asString(),
                line.get("kind").asString(),
                line.get("label").asString().equals("positive"),
                line.get("tier").asString(),
                line.path("group").asString("").equals("core"),
                line.get("text").asString(),
                List.copyOf(spans),
                personal ? personalKind(line.get("kind").asString()) : null);
    }

    /** The scanner's kind for the family of personal data. */
    private static Kind personalKind(String family) {
        return switch (family) {
            case "PHONE" -> Kind.PHONE_NUMBER;
            case "CREDIT_CARD" -> Kind.PAYMENT_CARD;
            case "IP" -> Kind.IP_ADDRESS;
            case "MAC" -> Kind.MAC_ADDRESS;
            default -> Kind.ofId(family.toLowerCase(Locale.ROOT)).orElse(Kind.custom("none"));
        };
    }
}
