package dev.llmgateway.cli.demo;

import java.io.PrintStream;

/**
 * The terminal, in colours where it has them.
 *
 * @param colours false for a file, a pipe, or somebody who does not want them
 */
record Screen(PrintStream out, boolean colours) {

    private enum Style {
        STRONG("1"),
        FAINT("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        CYAN("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    /** A line of the demo's own words. */
    void say(String line) {
        out.println(line);
    }

    void blank() {
        out.println();
    }

    void warning(String line) {
        out.println(in(Style.YELLOW, line));
    }

    void title(String line) {
        out.println(in(Style.STRONG, line));
    }

    /** A command, flush left so that it can be copied as it stands. */
    void command(String lines) {
        out.println(in(Style.CYAN, lines));
    }

    /** A part of an answer. */
    void value(String label, String value) {
        out.println("  " + in(Style.FAINT, "%-28s".formatted(label)) + " " + printable(value));
    }

    /** A piece of a text that goes on; visible at once. */
    void piece(String text) {
        out.print(in(Style.GREEN, printable(text)));
        out.flush();
    }

    void success(String line) {
        out.println(in(Style.GREEN, line));
    }

    void failure(String line) {
        out.println(in(Style.RED, line));
    }

    private String in(Style style, String text) {
        return colours ? "\033[" + style.code + "m" + text + "\033[0m" : text;
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
