package dev.llmgateway.api.quality;

/**
 * What was reported about one model in one period.
 *
 * @param period which of the wanted periods, from 0
 * @param card the id of the model's card
 * @param samples how many reports, 1 or more
 * @param mean of their values, 0..1
 */
public record SignalSum(int period, String card, long samples, double mean) {}
