package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import java.io.ByteArrayOutputStream;

/// The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1), one septet per
/// octet, as SMPP carries it; it is packed only on the air.
final class Gsm7 {

    /// Leads to the extension table, and is itself no character.
    private static final char ESCAPE = 0x1B;

    private static final String BASIC =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ"
                    + ESCAPE
                    + "ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static final String EXTENDED = "\f^{}\\[~]|€";
    private static final int[] EXTENSIONS = {
        0x0A, 0x14, 0x28, 0x29, 0x2F, 0x3C, 0x3D, 0x3E, 0x40, 0x65
    };

    private Gsm7() {}

    /// How many septets a character takes; 0: it is not in the alphabet.
    static int septets(char character) {
        if (character == ESCAPE) {
            return 0;
        }
        if (BASIC.indexOf(character) >= 0) {
            return 1;
        }
        return EXTENDED.indexOf(character) >= 0 ? 2 : 0;
    }

    /// The text, all of which is in the alphabet.
    static Bytes encode(String text) {
        var out = new ByteArrayOutputStream(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            int place = BASIC.indexOf(character);
            if (place >= 0 && character != ESCAPE) {
                out.write(place);
            } else {
                int extension = EXTENDED.indexOf(character);
                if (extension < 0) {
                    throw new IllegalArgumentException("not in the GSM 7-bit alphabet");
                }
                out.write(ESCAPE);
                out.write(EXTENSIONS[extension]);
            }
        }
        return Bytes.wrap(out.toByteArray());
    }

    /// The text that these septets are. An extension that nobody knows is shown as the character of
    /// the basic table, as the specification asks; an octet that is no septet is U+FFFD.
    static String decode(Bytes septets) {
        var text = new StringBuilder(septets.length());
        boolean escaped = false;
        for (int i = 0; i < septets.length(); i++) {
            int septet = septets.at(i) & 0xFF;
            if (septet == ESCAPE && !escaped) {
                escaped = true;
                continue;
            }
            text.append(escaped ? extended(septet) : basic(septet));
            escaped = false;
        }
        return escaped ? text.append(' ').toString() : text.toString();
    }

    private static char extended(int septet) {
        for (int i = 0; i < EXTENSIONS.length; i++) {
            if (EXTENSIONS[i] == septet) {
                return EXTENDED.charAt(i);
            }
        }
        // an escape after an escape is kept for another table: a space until there is one
        return septet == ESCAPE ? ' ' : basic(septet);
    }

    private static char basic(int septet) {
        return septet < BASIC.length() ? BASIC.charAt(septet) : '\uFFFD';
    }
}
