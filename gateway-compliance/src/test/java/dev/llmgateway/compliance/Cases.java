package dev.llmgateway.compliance;

import dev.llmgateway.compliance.detect.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The recorded cases; {@code compliance/README.md} among the test resources tells of them. */
final class Cases {

    /** A text, and where its findings are. */
    record Case(String id, String kind, boolean positive, String tier, String rule, String text, List<Span> spans) {

        /** Whether one of the findings lies over one of the spans. */
        boolean isFoundBy(List<Finding> findings) {
            return findings.stream()
                    .anyMatch(
                            it -> spans.stream().anyMatch(span -> it.start() < span.end() && span.start() < it.end()));
        }

        /** Whether there are findings and they cover all spans; blanks that a span begins with need not be. */
        boolean isCoveredBy(List<Finding> findings) {
            return !findings.isEmpty()
                    && spans.stream()
                            .allMatch(span -> findings.stream()
                                    .anyMatch(it -> it.start() <= firstOf(span) && it.end() >= span.end()));
        }

        private int firstOf(Span span) {
            int first = span.start();
            while (text.charAt(first) == ' ') {
                first++;
            }
            return first;
        }
    }

    record Span(int start, int end) {}

    private Cases() {}

    /** Credentials. */
    static List<Case> secrets() {
        return read("secrets");
    }

    /** Personal data; the kinds' names are those of the source, in upper case. */
    static List<Case> personal() {
        return read("pii");
    }

    /** The kind that the scanner has for a case's kind of personal data. */
    static Kind personalKind(Case it) {
        return switch (it.kind()) {
            case "PHONE" -> Kind.PHONE_NUMBER;
            case "CREDIT_CARD" -> Kind.PAYMENT_CARD;
            case "IP" -> Kind.IP_ADDRESS;
            case "MAC" -> Kind.MAC_ADDRESS;
            default -> Kind.ofId(it.kind().toLowerCase(java.util.Locale.ROOT)).orElse(Kind.custom("none"));
        };
    }

    private static List<Case> read(String name) {
        JsonMapper json = JsonMapper.builder().build();
        List<Case> cases = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Objects.requireNonNull(Cases.class.getResourceAsStream("/compliance/" + name + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                cases.add(parse(json.readTree(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(cases);
    }

    private static Case parse(JsonNode line) {
        List<Span> spans = new ArrayList<>();
        line.path("spans")
                .forEach(it -> spans.add(new Span(it.get(0).asInt(), it.get(1).asInt())));
        return new Case(
                line.get("id").asString(),
                line.get("kind").asString(),
                line.get("label").asString().equals("positive"),
                line.get("tier").asString(),
                line.path("rule").asString(""),
                line.get("text").asString(),
                List.copyOf(spans));
    }
}
