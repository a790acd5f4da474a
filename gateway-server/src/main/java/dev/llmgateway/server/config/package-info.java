/**
 * The configuration file: every section and key of {@code config.toml} as immutable records, read strictly.
 *
 * <p>{@link dev.llmgateway.server.config.ConfigFile} is the entry. Each record holds one section or a group of related
 * ones and reads itself from a {@code Section}, so that a key, its default and its range stand in one line. Problems
 * are collected, never thrown one by one: a file is either read as a whole or refused with all that is wrong in it.
 */
@NullMarked
package dev.llmgateway.server.config;

import org.jspecify.annotations.NullMarked;
