package dev.llmgateway.resilience.limits;

/**
 * How much one tenant may ask for. Immutable.
 *
 * @param requestsPerMinute at least 1
 * @param tokensPerMinute prompts and answers together, at least 1
 * @param requestsPerDay at least 1
 * @param concurrentRequests calls whose answer is not complete, at least 1
 */
public record Limits(long requestsPerMinute, long tokensPerMinute, long requestsPerDay, long concurrentRequests) {

    /** 60 requests and 100,000 tokens per minute, 10,000 requests per day, 10 at a time. */
    public static final Limits DEFAULT = new Limits(60, 100_000, 10_000, 10);

    /** @throws IllegalArgumentException when one is below 1 */
    public Limits {
        requirePositive("requests per minute", requestsPerMinute);
        requirePositive("tokens per minute", tokensPerMinute);
        requirePositive("requests per day", requestsPerDay);
        requirePositive("concurrent requests", concurrentRequests);
    }

    private static void requirePositive(String what, long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(what + " is " + limit + ": a limit must be at least 1");
        }
    }
}
