package dev.llmgateway.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Runs the chosen scenarios and prints one table. Exit status: 0 when every answer was right, 1 when one was wrong or
 * lost, 2 when it could not run. A missed target does not change it: that is for the reader to judge on a quiet machine.
 */
final class Main {
    private Main() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream progress = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int status;
        try {
            status = run(Options.parse(List.of(args)), out, progress);
        } catch (IllegalArgumentException badOption) {
            progress.println(badOption.getMessage() + "\n" + Options.USAGE + "scenarios: "
                    + String.join(
                            ", ", Scenario.all().stream().map(Scenario::name).toList()));
            status = 2;
        } catch (IOException failed) {
            progress.println("cannot measure: " + failed.getMessage());
            status = 2;
        }
        System.exit(status);
    }

    private static int run(Options options, PrintStream out, PrintStream progress) throws IOException {
        List<Scenario> scenarios = chosen(options.scenarios());
        Path directory = Files.createTempDirectory("llm-gateway-bench");
        Launcher launcher = new Launcher(directory, options.pinning(), options.gatewayCommand());
        Interference interference = Interference.begin();
        try (Lab lab = new Lab(options, launcher, progress)) {
            lab.warmUp(scenarios.stream()
                    .flatMap(scenario -> scenario.warmupWorkloads().stream())
                    .distinct()
                    .toList());
            for (Scenario scenario : scenarios) {
                scenario.run(lab);
            }
            print(lab, out, interference.describe());
            return lab.failures() == 0 ? 0 : 1;
        } finally {
            progress.println("logs and configurations of the contenders: " + directory);
        }
    }

    private static List<Scenario> chosen(List<String> names) {
        List<String> known = Scenario.all().stream().map(Scenario::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("no scenario is called '" + name + "'");
            }
        }
        return Scenario.all().stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
    }

    private static void print(Lab lab, PrintStream out, String interference) {
        Table table = new Table(Row.HEADINGS);
        lab.rows().forEach(row -> table.add(row.cells()));
        out.println(table.render());
        if (!lab.absent().isEmpty()) {
            out.println("left out, since they could not be started: " + String.join(", ", lab.absent()));
        }
        Options options = lab.options();
        Pinning pinning = options.pinning();
        out.printf(
                Locale.ROOT,
                "%d rounds of %d s after %d s of warm-up; Java %s; %s; %s; %d requests failed%n",
                options.rounds(),
                options.roundTime().toSeconds(),
                options.warmup().toSeconds(),
                Runtime.version(),
                pinning.active()
                        ? "contender on processor " + pinning.contender() + ", load and upstream on " + pinning.load()
                        : "NOT pinned to processors, so less comparable",
                interference,
                lab.failures());
    }
}
