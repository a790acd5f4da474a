package dev.llmgateway.server.faults;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The threads of this JVM, virtual ones included, each with its stack as text. */
record Threads(List<String> stacks) {

    static Threads now(Path directory) throws IOException {
        Path file = directory.resolve("threads-" + System.nanoTime() + ".txt");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        return new Threads(Arrays.asList(Files.readString(file).split("\n\n")));
    }

    /** How many run the gateway's own code; simulated providers and tests do not count. */
    long ofTheGateway() {
        return stacks.stream()
                .filter(stack -> stack.contains("dev.llmgateway."))
                .filter(stack -> !stack.contains(".simulated.") && !stack.contains(".faults."))
                .count();
    }
}
