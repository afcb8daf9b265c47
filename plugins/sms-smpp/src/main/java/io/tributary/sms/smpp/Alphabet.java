package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import java.nio.charset.StandardCharsets;

/// What `data_coding` 0, the default of an SMSC, means there. SMPP leaves it to the carrier (SMPP
/// 3.4, 5.2.19).
enum Alphabet {
    /// GSM 03.38, one septet per octet: what most mean.
    GSM7(160),
    /// ISO-8859-1.
    LATIN1(140),
    /// Seven bits of it: what IA5 is.
    ASCII(160);

    /// Of the user data header with a reference of one octet, and of two.
    private static final int HEADER = 6;

    private final int most;

    Alphabet(int most) {
        this.most = most;
    }

    /// How much of one message of several a character takes; 0: it is not in the alphabet.
    int width(char character) {
        return switch (this) {
            case GSM7 -> Gsm7.septets(character);
            case LATIN1 -> character <= 0xFF ? 1 : 0;
            // what GSM has in its extension table takes two septets on the air
            case ASCII -> character <= 0x7F ? Math.max(1, Gsm7.septets(character)) : 0;
        };
    }

    /// How much one message holds that stands alone.
    int alone() {
        return most;
    }

    /// How much one message of several holds (3GPP TS 23.040, 9.2.3.24.1).
    ///
    /// @param wide whether the reference has two octets
    int amongOthers(boolean wide) {
        int header = wide ? HEADER + 1 : HEADER;
        // septets begin at a septet's border after the header's octets
        return this == LATIN1 ? most - header : most - (header * 8 + 6) / 7;
    }

    Bytes encode(String text) {
        return switch (this) {
            case GSM7 -> Gsm7.encode(text);
            case LATIN1 -> Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            case ASCII -> Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
        };
    }

    String decode(Bytes octets) {
        return switch (this) {
            case GSM7 -> Gsm7.decode(octets);
            case LATIN1 -> new String(octets.toArray(), StandardCharsets.ISO_8859_1);
            case ASCII -> new String(octets.toArray(), StandardCharsets.US_ASCII);
        };
    }
}
