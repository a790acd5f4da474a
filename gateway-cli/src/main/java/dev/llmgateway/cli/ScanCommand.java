package dev.llmgateway.cli;

import dev.llmgateway.cli.scan.FindingLines;
import dev.llmgateway.cli.scan.JsonLines;
import dev.llmgateway.cli.scan.RedactedText;
import dev.llmgateway.cli.scan.ScanReport;
import dev.llmgateway.cli.scan.ScannedText;
import dev.llmgateway.cli.scan.TextFile;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.detect.Category;
import dev.llmgateway.compliance.detect.Kind;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks through files for secrets and personal data. */
@Command(
        name = "scan",
        description = {
            "Look for secrets and personal data in files.",
            "",
            "Prints file:line:column: kind (rule, confidence, hash) for each finding, never the value. Lines and columns count"
                    + " from 1, columns in UTF-16 units. Equal values have equal hashes within a run.",
            "",
            "Exit status: 0 nothing found, 1 something found, 2 wrong usage or a file that cannot be read. Binary files are"
                    + " skipped. Text is UTF-8, or UTF-16 with a byte order mark."
        })
final class ScanCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    private static final int FOUND = 1;
    private static final int UNREADABLE = 2;

    @Parameters(paramLabel = "FILE", description = "What to look through; standard input without one, or for -")
    private List<String> files = List.of();

    @Option(
            names = "--kinds",
            paramLabel = "<KIND>",
            split = ",",
            description = "Look for these kinds only; credentials and personal stand for all of their sort")
    private List<String> kinds = List.of();

    @Option(names = "--json", description = "Print a JSON object for each finding, one a line")
    private boolean json;

    @Option(names = "--redact", description = "Print the text instead, with a placeholder for each finding")
    private boolean redact;

    private final Surroundings here;

    ScanCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        if (json && redact) {
            throw CommandFailure.usage("--json and --redact print different things: leave one out");
        }
        Scanner scanner = scanner();
        PrintStream out = new PrintStream(new BufferedOutputStream(here.out(), 1 << 16), false, StandardCharsets.UTF_8);
        ScanReport report = report(out);
        int status = 0;
        for (String file : files.isEmpty() ? List.of(STANDARD_INPUT) : files) {
            status = Math.max(status, scan(scanner, file, report));
        }
        out.flush();
        return status;
    }

    private Scanner scanner() {
        if (kinds.isEmpty()) {
            return Scanner.defaults();
        }
        Set<Kind> wanted = new LinkedHashSet<>();
        kinds.forEach(name -> wanted.addAll(kinds(name.strip())));
        return Scanner.builder().kinds(wanted).build();
    }

    private static List<Kind> kinds(String name) {
        return switch (name) {
            case "credentials" -> kinds(Category.CREDENTIAL);
            case "personal" -> kinds(Category.PERSONAL);
            default ->
                List.of(Kind.ofId(name)
                        .orElseThrow(() -> CommandFailure.usage("there is no kind '" + name
                                + "'; kinds: credentials, personal, "
                                + Kind.builtIn().stream().map(Kind::id).collect(Collectors.joining(", ")))));
        };
    }

    private static List<Kind> kinds(Category category) {
        return Kind.builtIn().stream().filter(it -> it.category() == category).toList();
    }

    private ScanReport report(PrintStream out) {
        if (redact) {
            return new RedactedText(out);
        }
        return json ? new JsonLines(out) : new FindingLines(out);
    }

    /** The exit status for this file. */
    private int scan(Scanner scanner, String file, ScanReport report) {
        boolean standardInput = file.equals(STANDARD_INPUT);
        String name = standardInput ? "<stdin>" : file;
        try (InputStream bytes = standardInput ? unclosed(here.in()) : open(file)) {
            Reader text = TextFile.reader(bytes);
            if (text == null) {
                say(name + ": binary, skipped");
                return 0;
            }
            return ScannedText.scan(scanner, name, text, report) == 0 ? 0 : FOUND;
        } catch (IOException unreadable) {
            say(name + ": " + reason(unreadable));
            return UNREADABLE;
        }
    }

    private InputStream open(String file) throws IOException {
        Path path = here.directory().resolve(file);
        if (Files.isDirectory(path)) {
            throw new IOException("is a directory; name the files in it");
        }
        return Files.newInputStream(path);
    }

    private static InputStream unclosed(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public void close() {}
        };
    }

    private static String reason(IOException unreadable) {
        return switch (unreadable) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "may not be read";
            case IOException other -> String.valueOf(other.getMessage());
        };
    }

    private void say(String words) {
        here.err().println("llm-gateway: " + words);
    }
}
