package dev.llmgateway.api.records;

/**
 * What was spent on a call and became known after its end: by a target that lost a race, or for a text that was embedded for a
 * cache. It is added to the call's {@link Spend}.
 *
 * @param number tells the late charges of one call apart, from 1; an entry with a number that was there already is the same
 *     entry again
 */
public record LateCharge(String requestId, int number, Spend spend) implements RecordEntry {}
