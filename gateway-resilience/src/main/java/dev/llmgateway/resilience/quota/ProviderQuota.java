package dev.llmgateway.resilience.quota;

/**
 * How much may be asked of a provider with the gateway's own key.
 *
 * @param rpm requests per minute, at least 1
 * @param tpm tokens per minute, at least 1
 */
public record ProviderQuota(long rpm, long tpm) {

    /** @throws IllegalArgumentException when one is below 1 */
    public ProviderQuota {
        if (rpm < 1 || tpm < 1) {
            throw new IllegalArgumentException("rpm is " + rpm + " and tpm is " + tpm + ": both must be at least 1");
        }
    }
}
