package dev.llmgateway.routing;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A model that goes away by the operator's decision, whatever its vendor says. Immutable.
 *
 * @param model its name: a card's id, or any other name that callers use
 * @param sunset from this day on (UTC) it is not used
 * @param replacement the name of the model that is used then; null for none
 */
public record Deprecation(
        String model, LocalDate sunset, @Nullable String replacement) {}
