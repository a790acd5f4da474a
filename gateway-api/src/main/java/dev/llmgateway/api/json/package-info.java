/**
 * The one rendering as JSON of what the gateway decides and remembers, wherever it is shown, logged or stored. Names of members
 * and words do not change; sentences may.
 */
@NullMarked
package dev.llmgateway.api.json;

import org.jspecify.annotations.NullMarked;
