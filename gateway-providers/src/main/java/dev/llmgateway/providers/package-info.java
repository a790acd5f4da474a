/**
 * Speaks to upstream providers over HTTP: one client per wire format, configured per vendor.
 */
@NullMarked
package dev.llmgateway.providers;

import org.jspecify.annotations.NullMarked;
