package dev.llmgateway.compliance.stage;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ForwardingChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.BlockedByCompliance;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.codec.ErrorExtras;
import dev.llmgateway.ir.codec.WireError;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a provider's error what may not reach the caller: providers like to quote what they were sent. What is to be blocked
 * in an answer is left out of an error, so that the caller learns that, and how, the call failed. What the provider says in members
 * of its own, which may be a model's words, is told only when nothing is found in any of it; else the names alone.
 */
record SafeFailures(Treatment treatment) {

    /** The same failure when nothing in it is replaced. */
    GatewayException safe(GatewayException failure) {
        if (!(failure instanceof ProviderFailed failed)) {
            return failure;
        }
        WireError error = failed.error();
        WireError safe = new WireError(
                error.status(),
                error.kind(),
                text(error.message()),
                optional(error.code()),
                optional(error.param()),
                mayPass(error.extras()) ? error.extras() : error.extras().withheld(this::mayPass));
        if (safe.equals(error)) {
            return failure;
        }
        ProviderFailed told = new ProviderFailed(failed.provider(), failed.phase(), safe, failed.retryAfter(), null);
        return failed.wasRetried() ? told.afterRetries() : told;
    }

    /** The same answer, which fails with safe failures. */
    ChatStream within(ChatStream answer) {
        return new ForwardingChatStream(answer) {
            @Override
            public @Nullable ChatEvent next() {
                try {
                    return super.next();
                } catch (GatewayException e) {
                    throw safe(e);
                }
            }
        };
    }

    /** Text by text, and then as one, in which a name tells what the value beside it is. */
    private boolean mayPass(ErrorExtras extras) {
        return extras.equals(ErrorExtras.NONE)
                || extras.texts().stream().allMatch(this::mayPass) && mayPass(extras.json());
    }

    private boolean mayPass(String text) {
        PlainEscapes json = new PlainEscapes.InJson();
        String plain = json.accept(text) + json.finish();
        try {
            return treatment.whole("error", plain).equals(plain);
        } catch (BlockedByCompliance e) {
            return false;
        }
    }

    private @Nullable String optional(@Nullable String text) {
        return text == null ? null : text(text);
    }

    private String text(String text) {
        try {
            return treatment.whole("error", text);
        } catch (BlockedByCompliance e) {
            return "(the provider's words may not be repeated here)";
        }
    }
}
