package io.tributary.json;

import io.tributary.model.Content;
import io.tributary.model.Interaction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;

/// Interactions and contents as JSON in UTF-8, and back.
///
/// Whatever is written here can be read here. Reading is lenient: contents of unknown type become
/// [Content.Custom], unknown members and unreadable values are kept under `unknown`, and writing
/// gives them back. Texts are kept but for NUL and halves of surrogate pairs, which become U+FFFD.
/// To read strictly what an agent app sent, use [Members].
///
/// Everything is thread safe and holds nothing.
public final class InteractionJson {

    private static final byte[] POSITION = "{\"position\":".getBytes(StandardCharsets.UTF_8);

    private InteractionJson() {}

    /// The stored form: without the position, since the log gives it after the body was made.
    ///
    /// @throws InvalidJson a [io.tributary.model.Json] in it is no JSON or too deep; the message
    ///   names the place and quotes nothing
    public static byte[] encode(Interaction interaction) {
        return Rendering.bytes(out -> InteractionWriter.stored(out, interaction));
    }

    /// The form that readers of the stream get: with the position, if there is one.
    ///
    /// @throws InvalidJson see [#encode(Interaction)]
    public static byte[] encodeWithPosition(Interaction interaction) {
        return Rendering.bytes(out -> InteractionWriter.positioned(out, interaction));
    }

    /// A stored body with its position put in front, without reading it.
    ///
    /// @param stored what [#encode(Interaction)] made
    /// @param position from 1
    public static byte[] withPosition(byte[] stored, long position) {
        byte[] digits = Long.toString(position).getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[POSITION.length + digits.length + stored.length];
        System.arraycopy(POSITION, 0, whole, 0, POSITION.length);
        System.arraycopy(digits, 0, whole, POSITION.length, digits.length);
        int rest = POSITION.length + digits.length;
        // The stored body's opening brace gives its place to the comma.
        System.arraycopy(stored, 0, whole, rest, stored.length);
        whole[rest] = ',';
        return whole;
    }

    /// Writes the form that readers of the stream get into a larger document.
    ///
    /// @throws InvalidJson see [#encode(Interaction)]
    public static void write(Interaction interaction, JsonGenerator out) {
        var writer = new JsonWriter(out);
        writer.begin();
        InteractionWriter.positioned(writer, interaction);
        writer.end();
    }

    /// Reads either form; the position is 0 where there is none.
    ///
    /// @throws InvalidJson it is damaged: something is missing without which it is no interaction
    public static Interaction decode(byte[] body) {
        return InteractionReader.read(TreeReader.stored(body));
    }

    /// Reads the stored form.
    ///
    /// @param position where the log has it
    /// @throws InvalidJson see [#decode(byte\[\])]
    public static Interaction decode(byte[] stored, long position) {
        return decode(stored).withPosition(position);
    }

    /// A content alone, as in `{"type":"text","text":"Hello"}`.
    ///
    /// @throws InvalidJson see [#encode(Interaction)]
    public static byte[] encode(Content content) {
        return Rendering.bytes(out -> ContentWriter.members(out, content));
    }

    /// Reads a content leniently: what is not known becomes [Content.Custom]. Not for what an agent
    /// app sent: it would not be told of its mistakes.
    ///
    /// @throws InvalidJson it is no JSON object
    public static Content decodeContent(byte[] content) {
        return ContentReader.read(Members.root(TreeReader.stored(content), new Findings(false)));
    }

    /// Reads a content strictly, as an agent app may send it: of a known type, without unknown
    /// members. A whole body is better read by [Members], parts included.
    ///
    /// @throws InvalidJson everything that is wrong, with pointers from the content on, such as
    ///   `/text`
    public static Content decodeContentStrictly(byte[] content) {
        var members = Members.of(content);
        var read = members.content();
        members.finish();
        return read;
    }
}
