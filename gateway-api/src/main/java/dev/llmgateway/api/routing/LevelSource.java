package dev.llmgateway.api.routing;

/** Who says how sensitive the data of a call is. */
public sealed interface LevelSource {

    /** The source as answers spell it. */
    String word();

    /** What to tell behind the level when the call did not choose it: a clause that begins with a semicolon, else empty. */
    default String clause() {
        return switch (this) {
            case Usual nobody -> "";
            case Declared caller -> "";
            case Tenant tenant -> "; the level is the tenant's default";
            case Marking marking ->
                "; a marking in the text (" + marking.rule() + ") raised the level from "
                        + marking.before().word();
        };
    }

    /** Nobody, so that the level is {@link DataClassification#INTERNAL}. */
    record Usual() implements LevelSource {
        @Override
        public String word() {
            return "default";
        }
    }

    /** The tenant's default, since the call itself says nothing. */
    record Tenant() implements LevelSource {
        @Override
        public String word() {
            return "tenant";
        }
    }

    /** The call itself. */
    record Declared() implements LevelSource {
        @Override
        public String word() {
            return "declared";
        }
    }

    /**
     * A classification marking in the text of the request, which is above the level that it came with.
     *
     * @param before the level that it came with
     * @param rule which kind of marking it is, in a word ({@code us-banner}); never the text
     */
    record Marking(DataClassification before, String rule) implements LevelSource {
        @Override
        public String word() {
            return "marking";
        }
    }
}
