/**
 * Finds the markings that people put on sensitive documents (US classification and CUI banners, portion marks, ITAR and export
 * warnings) and treats a request by the highest of them.
 */
@NullMarked
package dev.llmgateway.compliance.marking;

import org.jspecify.annotations.NullMarked;
