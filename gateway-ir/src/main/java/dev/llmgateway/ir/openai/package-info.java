/**
 * OpenAI's Chat Completions, and its close copies with their quirks: Azure, Google's compatible endpoint, Groq, DeepInfra,
 * OpenRouter, Ollama, vLLM and llama.cpp. {@link dev.llmgateway.ir.openai.OpenAiChatCodec} is the way in.
 */
@NullMarked
package dev.llmgateway.ir.openai;

import org.jspecify.annotations.NullMarked;
