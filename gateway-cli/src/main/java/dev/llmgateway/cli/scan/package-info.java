/**
 * Looks through files for secrets and personal data: {@code ScannedText} sends a text through the scanner in pieces and keeps
 * count of lines and columns, a {@code ScanReport} writes down what is found.
 */
@NullMarked
package dev.llmgateway.cli.scan;

import org.jspecify.annotations.NullMarked;
