/** The detectors of personal data. Numbers count only when their checksum or their surroundings say so. */
@NullMarked
package dev.llmgateway.compliance.personal;

import org.jspecify.annotations.NullMarked;
