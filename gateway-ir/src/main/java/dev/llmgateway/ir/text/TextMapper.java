package dev.llmgateway.ir.text;

/** Says what is to stand in the place of a text. */
@FunctionalInterface
public interface TextMapper {

    /**
     * The text to send instead.
     *
     * @param text never empty; may hold lone surrogates and control characters, and may be many megabytes long
     * @param place where it stands
     * @return an equal text when nothing is to change
     */
    String map(String text, TextPlace place);

    /**
     * The text to send instead of a value in JSON, whose name may tell what it is ({@code "password"}). Maps the value as
     * any other text unless overridden.
     *
     * @param name the name of the nearest member around the value
     */
    default String mapMember(String name, String value, TextPlace place) {
        return map(value, place);
    }
}
