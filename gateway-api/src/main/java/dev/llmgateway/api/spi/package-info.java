/**
 * The ports: what adapters implement and the gateway calls. Every interface between modules is here or in the parent
 * package; adapters own none.
 */
@NullMarked
package dev.llmgateway.api.spi;

import org.jspecify.annotations.NullMarked;
