package dev.llmgateway.server.faults;

/** What providers take for calls. */
record Billed(int bills, double dollars, long input, long output) {

    static final Billed NOTHING = new Billed(0, 0, 0, 0);

    Billed plus(Billed other) {
        return new Billed(bills + other.bills, dollars + other.dollars, input + other.input, output + other.output);
    }
}
