package io.tributary.spi;

import io.tributary.model.Bytes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The smallest unit that can be translated alone, as it came.
///
/// It is kept, may be translated again years later, and is read by later versions of the plugin
/// (guarantee 8): so keep the provider's own bytes and put into notes only what was known at the
/// edge alone, such as the line or the device.
///
/// @param kind what sort of event it is, in the plugin's own words, 1 to 512 characters
/// @param body at most 1 MB (guarantee 10)
/// @param notes by name
/// @param dedupe when another event is the same
/// @param piece where this is one piece of a whole; null: it is whole
public record RawEvent(
        String kind, Bytes body, Map<String, String> notes, Dedupe dedupe, @Nullable Piece piece) {

    /// Most bytes of a body.
    public static final int MOST_BYTES = 1024 * 1024;

    public RawEvent {
        Shape.name(kind, "an event's kind");
        if (body.length() > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "an event of " + body.length() + " bytes, at most " + MOST_BYTES);
        }
        notes = Map.copyOf(notes);
    }

    public static RawEvent of(String kind, Bytes body, Dedupe dedupe) {
        return new RawEvent(kind, body, Map.of(), dedupe, null);
    }

    /// The same with one more note.
    public RawEvent note(String name, String value) {
        if (notes.isEmpty()) {
            return notes(Map.of(name, value));
        }
        var more = new HashMap<>(notes);
        more.put(name, value);
        return notes(more);
    }

    /// The same with these notes instead; quicker than one by one.
    public RawEvent notes(Map<String, String> others) {
        return new RawEvent(kind, body, others, dedupe, piece);
    }

    /// The same as one piece of a whole.
    public RawEvent piece(Piece part) {
        return new RawEvent(kind, body, notes, dedupe, part);
    }

    /// The note of that name.
    ///
    /// @throws Malformed there is none
    public String note(String name) {
        var value = notes.get(name);
        if (value == null) {
            throw new Malformed("note " + name + " is missing from an event of kind " + kind);
        }
        return value;
    }

    /// Kind and size: the rest is what a customer sent.
    @Override
    public String toString() {
        return "RawEvent[" + kind + ", " + body + "]";
    }
}
