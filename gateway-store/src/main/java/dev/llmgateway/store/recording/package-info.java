/**
 * Makes a record of every call and hands it on: {@code Recorder} stands around the call, {@code RecordWriter} gives records to a
 * store, and {@code RequestLog} writes a line for each. Nothing here makes a call wait.
 */
@NullMarked
package dev.llmgateway.store.recording;

import org.jspecify.annotations.NullMarked;
