package dev.llmgateway.ir.json;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** Members of an object for one that is written more than once: they are made into JSON only once. Immutable. */
public final class JsonMembers {

    private final SerializableString firstName;
    /** The first value, and all that follows it. */
    private final SerializableString rest;

    private JsonMembers(SerializableString firstName, SerializableString rest) {
        this.firstName = firstName;
        this.rest = rest;
    }

    /**
     * The members that are written into an object that is open.
     *
     * @param members writes at least one, and a first whose name has no character to escape
     */
    public static JsonMembers of(Consumer<JsonWriter> members) {
        JsonWriter out = new JsonWriter().object();
        members.accept(out);
        String object = new String(out.endObject().toBytes(), StandardCharsets.UTF_8);
        int name = object.indexOf('"') + 1;
        int end = object.indexOf("\":", name);
        return new JsonMembers(
                new SerializedString(object.substring(name, end)),
                new SerializedString(object.substring(end + 2, object.length() - 1)));
    }

    SerializableString firstName() {
        return firstName;
    }

    SerializableString rest() {
        return rest;
    }
}
