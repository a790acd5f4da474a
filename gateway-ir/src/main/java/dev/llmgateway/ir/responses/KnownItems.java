package dev.llmgateway.ir.responses;

import org.jspecify.annotations.Nullable;

/** What a client's request may refer to by an id instead of sending it. */
@FunctionalInterface
public interface KnownItems {

    /** The item of this id as JSON, which must not be changed; null when there is none, or the caller may not have it. */
    byte @Nullable [] find(String id);
}
