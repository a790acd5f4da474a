package dev.llmgateway.cli.demo;

import tools.jackson.databind.JsonNode;

/** A part of an answer that is shown, and what has to be in it. */
sealed interface Expectation {

    /** What the part's value has to contain; empty when it only has to be there. */
    String contains();

    /** How the part is called on the screen. */
    String label();

    /** A header of the answer. */
    record Header(String name, String contains) implements Expectation {
        @Override
        public String label() {
            return name;
        }
    }

    /** That a provider was asked on the way, whoever answered in the end. */
    record Asked(String provider) implements Expectation {
        @Override
        public String contains() {
            return "";
        }

        @Override
        public String label() {
            return "requests to " + provider;
        }
    }

    /**
     * A value in a JSON answer.
     *
     * @param pointer RFC 6901
     */
    record Field(String pointer, String contains) implements Expectation {
        /** The way that JavaScript and jq name it: {@code choices[0].message.content}. */
        @Override
        public String label() {
            return pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
        }

        String valueIn(JsonNode json) {
            JsonNode value = json.at(pointer);
            return value.isString() ? value.stringValue() : value.isMissingNode() ? "" : value.toString();
        }
    }
}
