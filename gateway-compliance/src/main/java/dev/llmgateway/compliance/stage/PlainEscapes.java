package dev.llmgateway.compliance.stage;

/**
 * Writes characters of JSON text plainly that are written as {@code \}{@code uXXXX} or {@code \/} without need, so that nothing hides
 * behind the spelling. The JSON says the same as before. Not thread safe.
 */
sealed interface PlainEscapes {

    /** For text that is no JSON. */
    PlainEscapes NONE = new AsIs();

    /** The next piece, but for an escape that is not complete. */
    String accept(String piece);

    /** What is left of an escape that never was completed. */
    String finish();

    /** Changes nothing. */
    record AsIs() implements PlainEscapes {
        @Override
        public String accept(String piece) {
            return piece;
        }

        @Override
        public String finish() {
            return "";
        }
    }

    /** Changes escapes. */
    final class InJson implements PlainEscapes {

        private static final int UNICODE_ESCAPE = 6;

        /** The beginning of an escape, backslash included; empty between escapes. */
        private final StringBuilder begun = new StringBuilder();

        @Override
        public String accept(String piece) {
            if (begun.isEmpty() && piece.indexOf('\\') < 0) {
                return piece;
            }
            StringBuilder plain = new StringBuilder(piece.length());
            for (int i = 0; i < piece.length(); i++) {
                accept(piece.charAt(i), plain);
            }
            return plain.toString();
        }

        private void accept(char c, StringBuilder plain) {
            if (begun.isEmpty() && c != '\\') {
                plain.append(c);
                return;
            }
            begun.append(c);
            boolean complete = begun.length() > 1 && begun.charAt(1) != 'u' || begun.length() == UNICODE_ESCAPE;
            if (complete) {
                plain.append(plainly(begun.toString()));
                begun.setLength(0);
            }
        }

        private static String plainly(String escape) {
            if (escape.equals("\\/")) {
                return "/";
            }
            return escape.length() == UNICODE_ESCAPE ? character(escape) : escape;
        }

        private static String character(String escape) {
            int c = 0;
            for (int i = 2; i < UNICODE_ESCAPE; i++) {
                int digit = Character.digit(escape.charAt(i), 16);
                if (digit < 0) {
                    return escape;
                }
                c = c << 4 | digit;
            }
            return switch (c) {
                case '\n' -> "\\n";
                case '\r' -> "\\r";
                case '\t' -> "\\t";
                case '"' -> "\\\"";
                case '\\' -> "\\\\";
                default -> c < ' ' || Character.isSurrogate((char) c) ? escape : String.valueOf((char) c);
            };
        }

        @Override
        public String finish() {
            String rest = begun.toString();
            begun.setLength(0);
            return rest;
        }
    }
}
