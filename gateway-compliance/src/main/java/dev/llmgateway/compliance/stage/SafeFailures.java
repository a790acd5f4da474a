package dev.llmgateway.compliance.stage;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ForwardingChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.BlockedByCompliance;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.codec.WireError;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a provider's error what may not reach the caller: providers like to quote what they were sent. What is to be blocked
 * in an answer is left out of an error, so that the caller learns that, and how, the call failed.
 */
record SafeFailures(Treatment treatment) {

    /** The same failure when nothing in it is replaced. */
    GatewayException safe(GatewayException failure) {
        if (!(failure instanceof ProviderFailed failed)) {
            return failure;
        }
        WireError error = failed.error();
        WireError safe = new WireError(
                error.status(), error.kind(), text(error.message()), optional(error.code()), optional(error.param()));
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
