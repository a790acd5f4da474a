package dev.llmgateway.ir.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that events come in the order that {@link ChatEvent} promises. */
public final class EventSequence {

    private record Place(int choice, int part) {}

    private EventSequence() {}

    /** Reads a stream that may be damaged: what is read has that order. Null when the decoder fails as it is documented. */
    public static @Nullable List<ChatEvent> readUnlessDamaged(EventDecoder decoder, byte[] stream) {
        List<ChatEvent> events = new ArrayList<>();
        try {
            for (SseEvent event : Fixtures.events(stream)) {
                decoder.decode(event, events::add);
            }
            decoder.end(events::add);
        } catch (MalformedAnswerException | ProviderStreamException documented) {
            assertThat(documented.getMessage()).isNotBlank();
            return null;
        }
        check(events);
        return events;
    }

    /** Fails unless they do. */
    public static void check(List<ChatEvent> events) {
        Set<Place> open = new HashSet<>();
        Set<Place> ended = new HashSet<>();
        Set<Integer> finished = new HashSet<>();
        assertThat(events.getFirst()).isInstanceOf(ChatEvent.Started.class);
        for (ChatEvent event : events.subList(1, events.size())) {
            assertThat(event).isNotInstanceOf(ChatEvent.Started.class);
            switch (event) {
                case ChatEvent.PartStarted start -> {
                    Place place = new Place(start.choice(), start.part());
                    assertThat(ended).doesNotContain(place);
                    assertThat(open.add(place)).isTrue();
                }
                case ChatEvent.Delta delta -> assertThat(open).contains(new Place(delta.choice(), delta.part()));
                case ChatEvent.TokenAttached token ->
                    assertThat(open).contains(new Place(token.choice(), token.part()));
                case ChatEvent.PartEnded end -> {
                    Place place = new Place(end.choice(), end.part());
                    assertThat(open.remove(place)).isTrue();
                    ended.add(place);
                }
                case ChatEvent.Finished finish -> {
                    assertThat(open).noneMatch(place -> place.choice() == finish.choice());
                    assertThat(finished.add(finish.choice())).isTrue();
                }
                default -> {}
            }
        }
        assertThat(open).isEmpty();
        assertThat(finished).isNotEmpty();
        checkGroups(events);
    }

    /** Events of one frame stand together, numbered from 0 to the size of the frame. */
    private static void checkGroups(List<ChatEvent> events) {
        int i = 0;
        while (i < events.size()) {
            WireForm form = events.get(i).wire().form();
            int size = form == null ? 1 : form.size();
            for (int k = 0; k < size; k++) {
                assertThat(events.get(i + k).wire().form()).isSameAs(form);
                assertThat(events.get(i + k).wire().position()).isEqualTo(form == null ? 0 : k);
            }
            i += size;
        }
    }
}
