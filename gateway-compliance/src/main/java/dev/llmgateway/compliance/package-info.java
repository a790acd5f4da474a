/**
 * Finds credentials and personal data in text. {@link dev.llmgateway.compliance.Scanner} looks at whole texts, {@link
 * dev.llmgateway.compliance.StreamGate} at texts that arrive in pieces; both run the same {@code TextScan}, so what they find is
 * the same wherever the pieces end. {@code detect} is the vocabulary of those who add detectors, {@code secrets} and {@code
 * personal} are the detectors that come with it.
 */
@NullMarked
package dev.llmgateway.compliance;

import org.jspecify.annotations.NullMarked;
