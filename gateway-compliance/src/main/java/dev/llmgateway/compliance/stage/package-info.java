/**
 * The scanner's place in a gateway: what goes out to providers is sanitized, what comes back passes the gate. {@link
 * dev.llmgateway.compliance.stage.ComplianceStage} is the stage; the rest serves it.
 */
@NullMarked
package dev.llmgateway.compliance.stage;

import org.jspecify.annotations.NullMarked;
