package dev.llmgateway.bench;

/**
 * What the mock upstream answers. The request says so in its model name ({@code answer-BYTES} or
 * {@code stream-EVENTS-MILLIS}), since that is the one thing every proxy and gateway passes on; a provider prefix in
 * front of a slash is ignored.
 */
sealed interface Answer {

    /** A JSON answer with a body of about this many bytes. */
    record Whole(int bytes) implements Answer {
        private static final String START = "BEGIN ";
        private static final String END = " END";
        private static final int ENVELOPE_BYTES = 400;

        /** The generated text inside the answer: ASCII that looks the same in JSON, whole when it ends with its end mark. */
        String text() {
            int filler = Math.max(16, bytes - ENVELOPE_BYTES);
            return START + Prose.words(filler) + END;
        }

        @Override
        public String model() {
            return "answer-" + bytes;
        }
    }

    /** An event stream of numbered content events, one every {@code paceMillis}; 0 means as fast as they are taken. */
    record Events(int count, int paceMillis) implements Answer {
        private static final int MAX_EVENTS = 9_999;

        public Events {
            if (count < 1 || count > MAX_EVENTS) {
                throw new IllegalArgumentException("events must be 1 to " + MAX_EVENTS + ", not " + count);
            }
        }

        /** The text of content event {@code number}, counted from 1: a mark that {@link EventOrderCheck} looks for, then words. */
        String text(int number) {
            return "#%04d# and some words ".formatted(number);
        }

        @Override
        public String model() {
            return "stream-" + count + "-" + paceMillis;
        }
    }

    /** The model name that asks for this answer. */
    String model();

    /** Reads a model name; anything that is not one of ours asks for an answer of 1 KB. */
    static Answer ofModel(String model) {
        String[] parts = model.substring(model.lastIndexOf('/') + 1).split("-", -1);
        try {
            if (parts.length == 2 && parts[0].equals("answer")) {
                return new Whole(Integer.parseInt(parts[1]));
            }
            if (parts.length == 3 && parts[0].equals("stream")) {
                return new Events(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            }
        } catch (NumberFormatException notOurs) {
            return new Whole(1024);
        }
        return new Whole(1024);
    }
}
