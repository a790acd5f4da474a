package dev.llmgateway.api.quality;

import java.time.Instant;

/**
 * What was reported about one model and one task type within one hour.
 *
 * @param card the id of the model's card
 * @param hour its first moment; hours are those of UTC
 * @param samples how many reports, 1 or more
 * @param sum of their values
 */
public record SignalHour(String card, String taskType, Instant hour, long samples, double sum) {}
