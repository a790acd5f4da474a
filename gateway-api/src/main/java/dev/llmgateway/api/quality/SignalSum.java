package dev.llmgateway.api.quality;

import java.time.Instant;

/**
 * What was reported about one model in one period.
 *
 * @param period which of the wanted periods, from 0
 * @param card the id of the model's card
 * @param samples how many reports, 1 or more
 * @param mean of their values, 0..1
 * @param first when the first of them was made
 */
public record SignalSum(int period, String card, long samples, double mean, Instant first) {}
