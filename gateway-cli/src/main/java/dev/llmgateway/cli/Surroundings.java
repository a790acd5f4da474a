package dev.llmgateway.cli;

import dev.llmgateway.server.config.Environment;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What a command sees of the world.
 *
 * @param in what a command is given to read
 * @param out for what was asked for
 * @param err for what went wrong
 * @param colours whether {@code out} is a terminal whose user wants colours
 * @param environment the environment variables
 * @param directory where {@code config.toml} is looked for, and what relative paths start from
 */
record Surroundings(
        InputStream in, PrintStream out, PrintStream err, boolean colours, Environment environment, Path directory) {}
