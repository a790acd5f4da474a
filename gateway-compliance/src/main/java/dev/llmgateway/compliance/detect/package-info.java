/**
 * What a detector is made of: it is asked at its anchors, reads the text through a {@link
 * dev.llmgateway.compliance.detect.Window} and answers with a {@link dev.llmgateway.compliance.detect.Match}.
 */
@NullMarked
package dev.llmgateway.compliance.detect;

import org.jspecify.annotations.NullMarked;
