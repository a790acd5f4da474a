package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.RawArguments;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.codec.UniqueCallIds;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.Set;

/** Writes the blocks of a request. */
final class RequestBlockWriter extends BlockWriter {

    private final MediaWriter media;
    private final Set<String> freeTextTools;
    private final UniqueCallIds ids = new UniqueCallIds(ToolCallIds::forAnthropic);
    private int surplusMarks;

    /**
     * Writes to {@code out}.
     *
     * @param freeTextTools names of the tools whose input is no JSON
     * @param surplusMarks how many of the first cache marks are to be left out
     */
    RequestBlockWriter(JsonWriter out, MediaWriter media, Set<String> freeTextTools, int surplusMarks) {
        super(out);
        this.media = media;
        this.freeTextTools = freeTextTools;
        this.surplusMarks = surplusMarks;
    }

    @Override
    String callId(Content.ToolCall call) {
        return ids.ofCall(call.id());
    }

    @Override
    String resultId(Content.ToolResult result) {
        return ids.ofResult(result.callId());
    }

    @Override
    boolean admits(CacheMark mark) {
        return surplusMarks-- <= 0;
    }

    /** Only what its maker made comes here. */
    @Override
    String sealed(OpaqueToken token) {
        return token.value();
    }

    @Override
    void writeInput(Content.ToolCall call) {
        if (freeTextTools.contains(call.name()) || FreeTextCalls.isMarked(call)) {
            out.object("input").text(RawArguments.MEMBER, call.arguments()).endObject();
        } else {
            super.writeInput(call);
        }
    }

    @Override
    void writeMedia(Content part) {
        if (part instanceof Content.Image image) {
            media.image(out, image);
        } else if (part instanceof Content.Document document) {
            media.document(out, document);
        }
    }
}
