package dev.llmgateway.bench;

import org.jspecify.annotations.Nullable;

/** Something that the gateway can do beside passing requests on, measured by two gateways that differ in it alone. */
enum Feature {
    STAGES("all on", Kind.GATEWAY, Kind.GATEWAY_ALL_ON, 1.15),
    COMPLIANCE("compliance on", Kind.GATEWAY, Kind.GATEWAY_COMPLIANCE, null),
    RECORDS("records on", Kind.GATEWAY_UNWATCHED, Kind.GATEWAY, 1.2);

    private final String label;
    private final Kind without;
    private final Kind with;
    private final @Nullable Double limit;

    Feature(String label, Kind without, Kind with, @Nullable Double limit) {
        this.label = label;
        this.without = without;
        this.with = with;
        this.limit = limit;
    }

    /** How the report calls the gateway that has it. */
    String label() {
        return label;
    }

    Kind without() {
        return without;
    }

    Kind with() {
        return with;
    }

    /** How many times the CPU of a gateway without it may be taken; null when no target is set. */
    @Nullable
    Double limit() {
        return limit;
    }
}
