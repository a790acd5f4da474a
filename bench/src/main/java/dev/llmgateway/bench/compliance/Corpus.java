package dev.llmgateway.bench.compliance;

import dev.llmgateway.compliance.Scanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Documents of one size to scan.
 *
 * @param name what they were cut from
 */
record Corpus(String name, List<String> documents) {

    private static final int SMALL = 2_048;
    private static final int LARGE = 32_768;

    /** What is written about this project, and the licences that come with the JDK. */
    static Corpus prose() throws IOException {
        Path licences = Path.of(System.getProperty("java.home"), "legal");
        return new Corpus(
                "prose (the project's Markdown, the JDK's licences)",
                cut(text(Path.of("."), ".md") + text(licences, ".md") + text(licences, "LICENSE"), SMALL));
    }

    /** The sources of this project's product. */
    static Corpus code() throws IOException {
        return new Corpus("code (the project's Java)", cut(text(Path.of("."), ".java"), SMALL));
    }

    /** Prose in which nothing is found. */
    static Corpus cleanProse(Scanner scanner) throws IOException {
        return new Corpus(
                "clean prose",
                prose().documents.stream()
                        .filter(it -> scanner.scan(it).isEmpty())
                        .toList());
    }

    /** Prose in which another positive case follows after every {@code every} characters. */
    static Corpus dense(int every) throws IOException {
        List<String> secrets = Case.secrets().stream()
                .filter(it -> it.positive() && it.text().length() < 512)
                .map(Case::text)
                .toList();
        List<String> pieces = cut(String.join("", prose().documents), every);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces.size() || i < secrets.size(); i++) {
            text.append(pieces.get(i % pieces.size())).append('\n');
            text.append(secrets.get(i % secrets.size())).append('\n');
        }
        return new Corpus("32 KB documents, a secret every " + every + " characters", cut(text.toString(), LARGE));
    }

    /** How many bytes of UTF-8 one pass over all documents reads. */
    long bytes() {
        return documents.stream()
                .mapToLong(it -> it.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static List<String> cut(String text, int size) {
        List<String> documents = new ArrayList<>();
        for (int from = 0; from + size <= text.length(); from += size) {
            documents.add(text.substring(from, from + size));
        }
        return List.copyOf(documents);
    }

    private static String text(Path root, String suffix) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(it -> it.toString().endsWith(suffix) && !it.toString().contains("/target/"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .forEach(it -> text.append(read(it)).append('\n'));
        }
        return text.toString();
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
