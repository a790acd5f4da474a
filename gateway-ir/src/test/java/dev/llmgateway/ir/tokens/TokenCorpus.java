package dev.llmgateway.ir.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The texts that calibrate and test the estimator, by kind, in two halves that share nothing. */
final class TokenCorpus {
    private static final Path RESOURCES = Path.of("src/test/resources");

    private TokenCorpus() {}

    /** Blocks of text by kind, for the measurement of the weights. */
    static Map<String, List<String>> calibration() throws IOException {
        return half(0);
    }

    /** Blocks of text by kind, for the test. */
    static Map<String, List<String>> heldOut() throws IOException {
        return half(1);
    }

    private static Map<String, List<String>> half(int half) throws IOException {
        Map<String, List<String>> blocks = new TreeMap<>();
        for (Path file : files("tokens", ".txt")) {
            String kind = file.getFileName().toString().replace(".txt", "");
            List<String> all = List.of(Files.readString(file).split("(?<=\n\n)"));
            blocks.put(kind, everyOther(all, half));
        }
        List<String> json = new ArrayList<>();
        for (Path file : files("fixtures", ".json")) {
            boolean calibrates = file.getFileName().toString().matches("(openai|groq).*");
            if (calibrates == (half == 0)) {
                json.add(Files.readString(file));
            }
        }
        for (Path file : files("client_requests", ".json")) {
            boolean calibrates = file.getFileName().toString().startsWith("claude");
            if (calibrates == (half == 0)) {
                json.add(Files.readString(file));
            }
        }
        blocks.put("json", json);
        blocks.putAll(generated(new Random(half)));
        return blocks;
    }

    private static List<String> everyOther(List<String> blocks, int first) {
        return IntStream.range(0, blocks.size())
                .filter(i -> i % 2 == first)
                .mapToObj(blocks::get)
                .toList();
    }

    private static List<Path> files(String directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** Text that no one writes by hand, but that prompts are full of. */
    private static Map<String, List<String>> generated(Random random) {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        kinds.put("base64", blocks(random, r -> Base64.getEncoder().encodeToString(bytes(r, 60)) + "\n"));
        kinds.put("hex", blocks(random, r -> HexFormat.of().formatHex(bytes(r, 32)) + "\n"));
        kinds.put(
                "uuid", blocks(random, r -> UUID.nameUUIDFromBytes(bytes(r, 16)).toString() + "\n"));
        kinds.put("digits", blocks(random, r -> digits(r, 40) + "\n"));
        kinds.put("csv", blocks(random, TokenCorpus::csvLine));
        kinds.put("whitespace", blocks(random, TokenCorpus::spacedLine));
        kinds.put("emoji", blocks(random, r -> Character.toString(0x1F600 + r.nextInt(60)) + " "));
        return kinds;
    }

    private static List<String> blocks(Random random, Function<Random, String> line) {
        return Stream.generate(() -> line.apply(random)).limit(150).toList();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String digits(Random random, int length) {
        return random.ints(length, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private static String csvLine(Random random) {
        return String.format(
                Locale.ROOT,
                "%d,2025-%02d-%02d,%.2f,%.4f,%d%n",
                random.nextInt(100_000),
                1 + random.nextInt(12),
                1 + random.nextInt(28),
                random.nextDouble() * 1000,
                random.nextDouble(),
                random.nextInt(20));
    }

    private static String spacedLine(Random random) {
        return " ".repeat(random.nextInt(40)) + "|" + "\t".repeat(random.nextInt(4)) + random.nextInt(100)
                + " ".repeat(1 + random.nextInt(20)) + "|" + "\n".repeat(1 + random.nextInt(3));
    }
}
