package io.tributary.sms.twilio;

import java.util.ArrayList;
import java.util.List;

/// Cuts a text into the short messages that carry it on the air (3GPP TS 23.038 and 23.040).
///
/// In the GSM 7-bit alphabet 160 septets fit into one, and 153 each into several; a character of
/// the extension table takes two septets that stay together. One character outside the alphabet
/// makes all of it UCS-2: 70 UTF-16 units in one, 67 each in several; a surrogate pair stays
/// together.
final class Segments {

    private static final String BASIC =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENDED = "\f^{}\\[~]|€";

    /// Septets per character, by its code; 0: not in the alphabet. The euro sign is the last.
    private static final byte[] SEPTETS = septets();

    private Segments() {}

    private static byte[] septets() {
        var septets = new byte['€' + 1];
        BASIC.chars().forEach(character -> septets[character] = 1);
        EXTENDED.chars().forEach(character -> septets[character] = 2);
        return septets;
    }

    /// Answers the segments in order; joined they are the text.
    static List<String> of(String text) {
        int septets = septets(text);
        if (septets >= 0) {
            return septets <= 160 ? List.of(text) : gsm(text);
        }
        return text.length() <= 70 ? List.of(text) : ucs2(text);
    }

    /// How many septets a text takes; -1: it has a character outside the alphabet.
    private static int septets(String text) {
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character >= SEPTETS.length || SEPTETS[character] == 0) {
                return -1;
            }
            sum += SEPTETS[character];
        }
        return sum;
    }

    private static List<String> gsm(String text) {
        var segments = new ArrayList<String>();
        int begin = 0;
        int filled = 0;
        for (int i = 0; i < text.length(); i++) {
            int wide = SEPTETS[text.charAt(i)];
            if (filled + wide > 153) {
                segments.add(text.substring(begin, i));
                begin = i;
                filled = 0;
            }
            filled += wide;
        }
        segments.add(text.substring(begin));
        return List.copyOf(segments);
    }

    private static List<String> ucs2(String text) {
        var segments = new ArrayList<String>();
        int begin = 0;
        while (text.length() - begin > 67) {
            int end = begin + 67;
            if (Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end))) {
                end--;
            }
            segments.add(text.substring(begin, end));
            begin = end;
        }
        segments.add(text.substring(begin));
        return List.copyOf(segments);
    }
}
