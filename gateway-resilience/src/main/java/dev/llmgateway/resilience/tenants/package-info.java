/**
 * Tells tenants apart by the keys that they send, which are kept in memory as hashes only.
 */
@NullMarked
package dev.llmgateway.resilience.tenants;

import org.jspecify.annotations.NullMarked;
