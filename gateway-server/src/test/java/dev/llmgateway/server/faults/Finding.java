package dev.llmgateway.server.faults;

/** What became of one fault at one gateway, in words that do not depend on dialects. */
record Finding(
        FaultCase what,
        Tongue firstSpeaks,
        boolean alone,
        String answeredBy,
        String clientSaw,
        String recorded,
        long millis) {}
