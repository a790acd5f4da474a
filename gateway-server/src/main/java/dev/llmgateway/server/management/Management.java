package dev.llmgateway.server.management;

/**
 * All that managing a gateway takes.
 *
 * @param dryRun decisions without calls
 */
public record Management(DryRun dryRun) {

    /** The answer of {@code GET /v1/routing-profiles}. */
    public byte[] routingProfiles() {
        return ProfileJson.all();
    }
}
