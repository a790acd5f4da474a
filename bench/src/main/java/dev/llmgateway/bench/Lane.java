package dev.llmgateway.bench;

/**
 * A contender and the provider that it is asked to use. The gateway has three lanes per scenario: the provider of
 * the client's own dialect, and the two others, which make it translate.
 */
record Lane(Contender contender, Dialect provider, boolean translated) {

    String label() {
        String kind = contender.kind().label();
        return translated ? kind + " -> " + provider.label() : kind;
    }
}
