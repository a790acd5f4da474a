/** LangChain4j's clients against a gateway in front of simulated providers. */
@NullMarked
package dev.llmgateway.compatibility.langchain4j;

import org.jspecify.annotations.NullMarked;
