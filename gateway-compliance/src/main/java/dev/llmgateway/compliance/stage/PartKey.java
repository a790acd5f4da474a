package dev.llmgateway.compliance.stage;

/** Which part of an answer. */
record PartKey(int choice, int part) {}
