/**
 * The operator's word on models, from the configuration file or while the gateway runs, made into cards of the catalog.
 */
@NullMarked
package dev.llmgateway.server.catalog;

import org.jspecify.annotations.NullMarked;
