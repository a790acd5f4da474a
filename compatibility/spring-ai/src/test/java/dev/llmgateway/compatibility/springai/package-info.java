/** Spring AI's clients, with the versions of the vendors' SDKs that it pins, against a gateway in front of simulated providers. */
@NullMarked
package dev.llmgateway.compatibility.springai;

import org.jspecify.annotations.NullMarked;
