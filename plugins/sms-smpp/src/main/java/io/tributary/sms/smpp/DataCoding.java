package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads and writes text by its `data_coding` (SMPP 3.4, 5.2.19; 3GPP TS 23.038, 4).
final class DataCoding {

    static final int DEFAULT = 0x00;
    static final int UCS2 = 0x08;

    private static final Charset CYRILLIC = Charset.forName("ISO-8859-5");
    private static final Charset HEBREW = Charset.forName("ISO-8859-8");

    private DataCoding() {}

    /// The text; null: it is binary, or in a coding that is not known here.
    static @Nullable String decode(int coding, Bytes octets, Alphabet usual) {
        return switch (coding) {
            case DEFAULT -> usual.decode(octets);
            case 0x01 -> ia5(octets);
            case 0x03 -> text(octets, StandardCharsets.ISO_8859_1);
            case 0x06 -> text(octets, CYRILLIC);
            case 0x07 -> text(octets, HEBREW);
            case UCS2 -> ucs2(octets);
            default -> ofGsm(coding, octets);
        };
    }

    /// Those with the control of GSM, such as 0x11 or 0xF0: a class, and the alphabet in two bits;
    /// or what tells of messages that wait, with a text beside it.
    private static @Nullable String ofGsm(int coding, Bytes octets) {
        if ((coding & 0xF0) == 0xF0) {
            return (coding & 0x04) == 0 ? Gsm7.decode(octets) : null;
        }
        if (coding >= 0xC0) {
            return coding < 0xE0 ? Gsm7.decode(octets) : ucs2(octets);
        }
        boolean withClass = coding >= 0x10 && coding < 0x40 && (coding & 0x20) == 0;
        if (!withClass) {
            return null;
        }
        return switch (coding & 0x0C) {
            case 0x00 -> Gsm7.decode(octets);
            case 0x08 -> ucs2(octets);
            default -> null;
        };
    }

    /// IA5, which is ASCII; but some send septets of GSM under it (npm's smpp 0.5.1 does), which
    /// show themselves by what no text in ASCII has.
    private static String ia5(Bytes octets) {
        for (int i = 0; i < octets.length(); i++) {
            int octet = octets.at(i);
            if (octet >= 0 && octet < ' ' && "\t\n\r".indexOf(octet) < 0) {
                return Gsm7.decode(octets);
            }
        }
        return text(octets, StandardCharsets.US_ASCII);
    }

    private static String text(Bytes octets, Charset charset) {
        return new String(octets.toArray(), charset);
    }

    /// In UTF-16, which phones really send; half a unit at the end is U+FFFD.
    private static String ucs2(Bytes octets) {
        return text(octets, StandardCharsets.UTF_16BE);
    }

    /// Unit by unit: a lone surrogate is left as it is.
    static Bytes ucs2(String text) {
        var octets = new byte[text.length() * 2];
        for (int i = 0; i < text.length(); i++) {
            octets[2 * i] = (byte) (text.charAt(i) >> 8);
            octets[2 * i + 1] = (byte) text.charAt(i);
        }
        return Bytes.wrap(octets);
    }
}
