package dev.llmgateway.compatibility.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A stream to its end. */
record Collected(List<String> pieces, ChatResponse whole) {

    /** @throws java.util.concurrent.CompletionException when the client is told of an error */
    static Collected from(StreamingChatModel model, ChatRequest request) {
        List<String> pieces = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        model.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                pieces.add(piece);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        return new Collected(pieces, whole.orTimeout(60, TimeUnit.SECONDS).join());
    }
}
