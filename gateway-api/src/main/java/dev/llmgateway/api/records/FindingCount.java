package dev.llmgateway.api.records;

import dev.llmgateway.api.ComplianceFinding;

/**
 * How often something was found in a request or its answer.
 *
 * @param kind what it is, such as {@code email}
 * @param action what happened to it
 * @param count one or more
 */
public record FindingCount(String kind, ComplianceFinding.Action action, int count) {}
