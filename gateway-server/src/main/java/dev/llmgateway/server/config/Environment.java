package dev.llmgateway.server.config;

import org.jspecify.annotations.Nullable;

/** Where {@code ${NAME}} in the configuration file is looked up; in production {@code System::getenv}. */
@FunctionalInterface
public interface Environment {
    /** Returns the variable's value, or null when there is no such variable. */
    @Nullable
    String lookup(String name);
}
