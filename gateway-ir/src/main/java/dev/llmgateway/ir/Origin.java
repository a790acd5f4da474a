package dev.llmgateway.ir;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who answered a call, filled in by the gateway, not by the wire.
 *
 * @param provider the configured provider's id
 * @param model the model id that was sent to it
 * @param dropped what of the request this provider's format could not carry, by its name in the caller's dialect
 * @param sunset the day (UTC) from which the model that was asked for is not used; null when none is announced
 * @param isAgain true when the answer was made for another call, so that nobody was asked, or paid, for this one
 */
public record Origin(
        String provider,
        String model,
        List<String> dropped,
        @Nullable LocalDate sunset,
        boolean isAgain) {
    public Origin {
        dropped = List.copyOf(dropped);
    }

    /** The origin of an answer by a model whose end is not announced. */
    public Origin(String provider, String model, List<String> dropped) {
        this(provider, model, dropped, null, false);
    }

    /** The same for a model that goes away. */
    public Origin withSunset(LocalDate day) {
        return new Origin(provider, model, dropped, day, isAgain);
    }

    /** The same for a call to which the answer is given again. */
    public Origin again() {
        return new Origin(provider, model, dropped, sunset, true);
    }
}
