package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// Puts the messages of a text together, in order.
///
/// Those that follow each other are read as one, since a character may be cut apart between two.
/// Where one is missing, a gap is seen.
final class JoinedText {

    private static final String GAP = "[…]";

    private final Alphabet usual;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream run = new ByteArrayOutputStream();
    private int coding;
    private int next = 1;
    private boolean whole = true;
    private boolean readable = true;

    /// @param usual what the default coding is
    JoinedText(Alphabet usual) {
        this.usual = usual;
    }

    void add(ShortMessage message) {
        var data = message.content();
        var place = data.place();
        int number = place == null ? next : place.number();
        readable &= !data.addressed();
        if (number != next || message.coding() != coding) {
            read();
        }
        if (number != next) {
            text.append(GAP);
        }
        coding = message.coding();
        run.writeBytes(data.octets().toArray());
        next = number + 1;
        whole = place == null || number == place.of();
    }

    /// null: it is no text.
    @Nullable String end() {
        read();
        return readable ? (whole ? text.toString() : text + GAP) : null;
    }

    private void read() {
        if (run.size() == 0) {
            return;
        }
        var decoded = DataCoding.decode(coding, Bytes.wrap(run.toByteArray()), usual);
        run.reset();
        if (decoded == null) {
            readable = false;
        } else {
            text.append(decoded);
        }
    }
}
