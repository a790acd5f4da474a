package dev.llmgateway.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The command line.
 *
 * @param scenarios names of the scenarios to run, in their own order; empty for all
 * @param warmup load given to each contender that compiles while it runs, before anything is measured
 * @param rounds how often each contender is measured; the report shows minimum and median over them
 */
record Options(
        List<String> scenarios,
        Set<Kind> contenders,
        Duration warmup,
        int rounds,
        Duration roundTime,
        boolean quick,
        Pinning pinning,
        String gatewayCommand) {

    static final String USAGE = """
            usage: bench/run [SCENARIO...] [OPTION...]
            options: --quick                a rough look: 10 s warm-up, 3 rounds of 1 s, a tenth of the requests
                     --warmup SECONDS       load per compiled contender before measuring (60)
                     --rounds N             measured rounds per contender (5)
                     --round-seconds S      length of a round (2)
                     --contenders A,B,...   of direct, bare, bare-timeouts, nginx, gateway (all but bare-timeouts)
                     --gateway COMMAND      what starts the gateway; 'serve --config FILE' is appended
            """;

    /** @throws IllegalArgumentException with a sentence for the user when an option is unknown or out of range */
    static Options parse(List<String> arguments) {
        boolean quick = arguments.contains("--quick");
        Reader reader = new Reader(quick);
        int at = 0;
        while (at < arguments.size()) {
            String argument = arguments.get(at++);
            if (argument.equals("--quick")) {
                continue;
            }
            if (!argument.startsWith("--")) {
                reader.scenarios.add(argument);
                continue;
            }
            if (at == arguments.size()) {
                throw new IllegalArgumentException(argument + " needs a value, or is not an option");
            }
            reader.take(argument, arguments.get(at++));
        }
        return reader.options();
    }

    /** Collects the values; its fields start with the defaults. */
    private static final class Reader {
        private final boolean quick;
        private final List<String> scenarios = new ArrayList<>();
        private Set<Kind> contenders = EnumSet.of(Kind.DIRECT, Kind.BARE, Kind.NGINX, Kind.GATEWAY);
        private int warmupSeconds;
        private int rounds;
        private int roundSeconds;
        private String contenderCpu = "";
        private String loadCpu = "";
        private String gatewayCommand = "";

        Reader(boolean quick) {
            this.quick = quick;
            this.warmupSeconds = quick ? 10 : 60;
            this.rounds = quick ? 3 : 5;
            this.roundSeconds = quick ? 1 : 2;
        }

        void take(String option, String value) {
            switch (option) {
                case "--warmup" -> warmupSeconds = number(option, value, 0, 3600);
                case "--rounds" -> rounds = number(option, value, 1, 100);
                case "--round-seconds" -> roundSeconds = number(option, value, 1, 600);
                case "--contenders" -> contenders = kinds(value);
                case "--gateway" -> gatewayCommand = value;
                case "--contender-cpu" -> contenderCpu = value;
                case "--load-cpu" -> loadCpu = value;
                default -> throw new IllegalArgumentException(option + " is not an option");
            }
        }

        Options options() {
            return new Options(
                    List.copyOf(scenarios),
                    contenders,
                    Duration.ofSeconds(warmupSeconds),
                    rounds,
                    Duration.ofSeconds(roundSeconds),
                    quick,
                    new Pinning(contenderCpu, loadCpu),
                    gatewayCommand);
        }

        private static Set<Kind> kinds(String list) {
            Set<Kind> kinds = EnumSet.noneOf(Kind.class);
            for (String label : list.split(",", -1)) {
                kinds.add(Kind.ofLabel(label));
            }
            return kinds;
        }

        private static int number(String option, String value, int least, int most) {
            try {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException(option + " needs a whole number, not '" + value + "'", notANumber);
            }
            throw new IllegalArgumentException(option + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
